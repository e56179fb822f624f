// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeSnapshotHeaderRecord as decode, encodeSnapshotHeaderRecord as encode };

export function decodeSnapshotHeaderRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('SnapshotHeaderRecord', v);
  return {
    version: r.int16(),
    lastContainedLogTimestamp: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeSnapshotHeaderRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('SnapshotHeaderRecord', v);
  w.int16(m.version ?? 0);
  w.int64(m.lastContainedLogTimestamp ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
