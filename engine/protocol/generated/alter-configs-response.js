// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 33;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeAlterConfigsResponse as decode, encodeAlterConfigsResponse as encode };

export function decodeAlterConfigsResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('AlterConfigsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    responses: r.list(readAlterConfigsResourceResponse, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterConfigsResourceResponse(r, v) {
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    resourceType: r.int8(),
    resourceName: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAlterConfigsResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('AlterConfigsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.responses ?? emptyList, writeAlterConfigsResourceResponse, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterConfigsResponse', 'unknownTaggedFields', v);
}

function writeAlterConfigsResourceResponse(w, m, v) {
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterConfigsResourceResponse', 'unknownTaggedFields', v);
}
