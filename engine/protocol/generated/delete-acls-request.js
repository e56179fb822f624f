// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 31;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeDeleteAclsRequest as decode, encodeDeleteAclsRequest as encode };

export function decodeDeleteAclsRequest(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DeleteAclsRequest', v);
  const f = v >= 2;
  return {
    filters: r.list(readDeleteAclsFilter, v, f, 8),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteAclsFilter(r, v) {
  const f = v >= 2;
  return {
    resourceTypeFilter: r.int8(),
    resourceNameFilter: r.nullableString(f),
    patternTypeFilter: r.int8(),
    principalFilter: r.nullableString(f),
    hostFilter: r.nullableString(f),
    operation: r.int8(),
    permissionType: r.int8(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteAclsRequest(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DeleteAclsRequest', v);
  const f = v >= 2;
  w.list(m.filters ?? emptyList, writeDeleteAclsFilter, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteAclsRequest', 'unknownTaggedFields', v);
}

function writeDeleteAclsFilter(w, m, v) {
  const f = v >= 2;
  w.int8(m.resourceTypeFilter ?? 0);
  w.nullableString(m.resourceNameFilter === undefined ? '' : m.resourceNameFilter, f);
  w.int8(m.patternTypeFilter ?? 3);
  w.nullableString(m.principalFilter === undefined ? '' : m.principalFilter, f);
  w.nullableString(m.hostFilter === undefined ? '' : m.hostFilter, f);
  w.int8(m.operation ?? 0);
  w.int8(m.permissionType ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteAclsFilter', 'unknownTaggedFields', v);
}
