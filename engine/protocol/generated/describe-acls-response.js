// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 29;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeDescribeAclsResponse as decode, encodeDescribeAclsResponse as encode };

export function decodeDescribeAclsResponse(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeAclsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    resources: r.list(readDescribeAclsResource, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeAclsResource(r, v) {
  const f = v >= 2;
  return {
    resourceType: r.int8(),
    resourceName: r.string(f),
    patternType: r.int8(),
    acls: r.list(readAclDescription, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAclDescription(r, v) {
  const f = v >= 2;
  return {
    principal: r.string(f),
    host: r.string(f),
    operation: r.int8(),
    permissionType: r.int8(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeAclsResponse(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeAclsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.list(m.resources ?? emptyList, writeDescribeAclsResource, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeAclsResponse', 'unknownTaggedFields', v);
}

function writeDescribeAclsResource(w, m, v) {
  const f = v >= 2;
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.int8(m.patternType ?? 3);
  w.list(m.acls ?? emptyList, writeAclDescription, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeAclsResource', 'unknownTaggedFields', v);
}

function writeAclDescription(w, m, v) {
  const f = v >= 2;
  w.string(m.principal ?? '', f);
  w.string(m.host ?? '', f);
  w.int8(m.operation ?? 0);
  w.int8(m.permissionType ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AclDescription', 'unknownTaggedFields', v);
}
