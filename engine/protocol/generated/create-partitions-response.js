// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 37;
export const lowestVersion = 0;
export const highestVersion = 3;
export { decodeCreatePartitionsResponse as decode, encodeCreatePartitionsResponse as encode };

export function decodeCreatePartitionsResponse(r, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('CreatePartitionsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readCreatePartitionsTopicResult, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatePartitionsTopicResult(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreatePartitionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('CreatePartitionsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeCreatePartitionsTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatePartitionsResponse', 'unknownTaggedFields', v);
}

function writeCreatePartitionsTopicResult(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatePartitionsTopicResult', 'unknownTaggedFields', v);
}
