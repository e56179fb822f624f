// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 21;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeZkMigrationStateRecord as decode, encodeZkMigrationStateRecord as encode };

export function decodeZkMigrationStateRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ZkMigrationStateRecord', v);
  return {
    zkMigrationState: r.int8(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeZkMigrationStateRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ZkMigrationStateRecord', v);
  w.int8(m.zkMigrationState ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
