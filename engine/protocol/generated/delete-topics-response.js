// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 20;
export const lowestVersion = 1;
export const highestVersion = 6;
export { decodeDeleteTopicsResponse as decode, encodeDeleteTopicsResponse as encode };

export function decodeDeleteTopicsResponse(r, v) {
  if (!(v >= 1 && v <= 6)) refuseVersion('DeleteTopicsResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: r.int32(),
    responses: r.list(readDeletableTopicResult, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeletableTopicResult(r, v) {
  const f = v >= 4;
  return {
    name: (v >= 6 ? r.nullableString(f) : r.string(f)),
    topicId: v >= 6 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    errorCode: r.int16(),
    errorMessage: v >= 5 ? r.nullableString(f) : null,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteTopicsResponse(w, m, v) {
  if (!(v >= 1 && v <= 6)) refuseVersion('DeleteTopicsResponse', v);
  const f = v >= 4;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.responses ?? emptyList, writeDeletableTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteTopicsResponse', 'unknownTaggedFields', v);
}

function writeDeletableTopicResult(w, m, v) {
  const f = v >= 4;
  if (v >= 6) w.nullableString(m.name === undefined ? '' : m.name, f); else w.string(m.name === undefined ? '' : m.name, f);
  if (v >= 6) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.int16(m.errorCode ?? 0);
  if (v >= 5) { w.nullableString(m.errorMessage ?? null, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeletableTopicResult', 'unknownTaggedFields', v);
}
