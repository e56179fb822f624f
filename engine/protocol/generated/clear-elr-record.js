// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 28;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeClearElrRecord as decode, encodeClearElrRecord as encode };

export function decodeClearElrRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ClearElrRecord', v);
  return {
    topicName: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeClearElrRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ClearElrRecord', v);
  w.string(m.topicName ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
