// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 18;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAccessControlEntryRecord as decode, encodeAccessControlEntryRecord as encode };

export function decodeAccessControlEntryRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AccessControlEntryRecord', v);
  return {
    id: r.uuid(),
    resourceType: r.int8(),
    resourceName: r.string(true),
    patternType: r.int8(),
    principal: r.string(true),
    host: r.string(true),
    operation: r.int8(),
    permissionType: r.int8(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAccessControlEntryRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AccessControlEntryRecord', v);
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', true);
  w.int8(m.patternType ?? 0);
  w.string(m.principal ?? '', true);
  w.string(m.host ?? '', true);
  w.int8(m.operation ?? 0);
  w.int8(m.permissionType ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
