// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 31;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeDeleteAclsResponse as decode, encodeDeleteAclsResponse as encode };

export function decodeDeleteAclsResponse(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DeleteAclsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    filterResults: r.list(readDeleteAclsFilterResult, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteAclsFilterResult(r, v) {
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    matchingAcls: r.list(readDeleteAclsMatchingAcl, v, f, 11),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteAclsMatchingAcl(r, v) {
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    resourceType: r.int8(),
    resourceName: r.string(f),
    patternType: r.int8(),
    principal: r.string(f),
    host: r.string(f),
    operation: r.int8(),
    permissionType: r.int8(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteAclsResponse(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DeleteAclsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.filterResults ?? emptyList, writeDeleteAclsFilterResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteAclsResponse', 'unknownTaggedFields', v);
}

function writeDeleteAclsFilterResult(w, m, v) {
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.list(m.matchingAcls ?? emptyList, writeDeleteAclsMatchingAcl, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteAclsFilterResult', 'unknownTaggedFields', v);
}

function writeDeleteAclsMatchingAcl(w, m, v) {
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.int8(m.patternType ?? 3);
  w.string(m.principal ?? '', f);
  w.string(m.host ?? '', f);
  w.int8(m.operation ?? 0);
  w.int8(m.permissionType ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteAclsMatchingAcl', 'unknownTaggedFields', v);
}
