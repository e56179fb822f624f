// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 24;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeEndTransactionRecord as decode, encodeEndTransactionRecord as encode };

export function decodeEndTransactionRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EndTransactionRecord', v);
  return {
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeEndTransactionRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EndTransactionRecord', v);
  w.unknownTags(m.unknownTaggedFields);
}
