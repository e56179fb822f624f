// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 7;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeFenceBrokerRecord as decode, encodeFenceBrokerRecord as encode };

export function decodeFenceBrokerRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('FenceBrokerRecord', v);
  return {
    id: r.int32(),
    epoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeFenceBrokerRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('FenceBrokerRecord', v);
  w.int32(m.id ?? 0);
  w.int64(m.epoch ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
