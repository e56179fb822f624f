// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 30;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeCreateAclsResponse as decode, encodeCreateAclsResponse as encode };

export function decodeCreateAclsResponse(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateAclsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readAclCreationResult, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAclCreationResult(r, v) {
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreateAclsResponse(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateAclsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeAclCreationResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateAclsResponse', 'unknownTaggedFields', v);
}

function writeAclCreationResult(w, m, v) {
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AclCreationResult', 'unknownTaggedFields', v);
}
