// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 44;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeIncrementalAlterConfigsResponse as decode, encodeIncrementalAlterConfigsResponse as encode };

export function decodeIncrementalAlterConfigsResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('IncrementalAlterConfigsResponse', v);
  const f = v >= 1;
  return {
    throttleTimeMs: r.int32(),
    responses: r.list(readAlterConfigsResourceResponse, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterConfigsResourceResponse(r, v) {
  const f = v >= 1;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    resourceType: r.int8(),
    resourceName: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeIncrementalAlterConfigsResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('IncrementalAlterConfigsResponse', v);
  const f = v >= 1;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.responses ?? emptyList, writeAlterConfigsResourceResponse, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('IncrementalAlterConfigsResponse', 'unknownTaggedFields', v);
}

function writeAlterConfigsResourceResponse(w, m, v) {
  const f = v >= 1;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterConfigsResourceResponse', 'unknownTaggedFields', v);
}
