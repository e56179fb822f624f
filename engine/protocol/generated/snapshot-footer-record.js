// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeSnapshotFooterRecord as decode, encodeSnapshotFooterRecord as encode };

export function decodeSnapshotFooterRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('SnapshotFooterRecord', v);
  return {
    version: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeSnapshotFooterRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('SnapshotFooterRecord', v);
  w.int16(m.version ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
