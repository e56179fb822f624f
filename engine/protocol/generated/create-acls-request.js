// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 30;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeCreateAclsRequest as decode, encodeCreateAclsRequest as encode };

export function decodeCreateAclsRequest(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateAclsRequest', v);
  const f = v >= 2;
  return {
    creations: r.list(readAclCreation, v, f, 8),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAclCreation(r, v) {
  const f = v >= 2;
  return {
    resourceType: r.int8(),
    resourceName: r.string(f),
    resourcePatternType: r.int8(),
    principal: r.string(f),
    host: r.string(f),
    operation: r.int8(),
    permissionType: r.int8(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreateAclsRequest(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateAclsRequest', v);
  const f = v >= 2;
  w.list(m.creations ?? emptyList, writeAclCreation, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateAclsRequest', 'unknownTaggedFields', v);
}

function writeAclCreation(w, m, v) {
  const f = v >= 2;
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.int8(m.resourcePatternType ?? 3);
  w.string(m.principal ?? '', f);
  w.string(m.host ?? '', f);
  w.int8(m.operation ?? 0);
  w.int8(m.permissionType ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AclCreation', 'unknownTaggedFields', v);
}
