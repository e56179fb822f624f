// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeKRaftVersionRecord as decode, encodeKRaftVersionRecord as encode };

export function decodeKRaftVersionRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('KRaftVersionRecord', v);
  return {
    version: r.int16(),
    kRaftVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeKRaftVersionRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('KRaftVersionRecord', v);
  w.int16(m.version ?? 0);
  w.int16(m.kRaftVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
