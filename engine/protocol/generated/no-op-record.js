// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 20;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeNoOpRecord as decode, encodeNoOpRecord as encode };

export function decodeNoOpRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('NoOpRecord', v);
  return {
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeNoOpRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('NoOpRecord', v);
  w.unknownTags(m.unknownTaggedFields);
}
