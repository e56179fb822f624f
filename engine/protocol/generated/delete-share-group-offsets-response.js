// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 92;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDeleteShareGroupOffsetsResponse as decode, encodeDeleteShareGroupOffsetsResponse as encode };

export function decodeDeleteShareGroupOffsetsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupOffsetsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    responses: r.list(readDeleteShareGroupOffsetsResponseTopic, v, true, 21),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDeleteShareGroupOffsetsResponseTopic(r, v) {
  return {
    topicName: r.string(true),
    topicId: r.uuid(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDeleteShareGroupOffsetsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupOffsetsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.list(m.responses ?? emptyList, writeDeleteShareGroupOffsetsResponseTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDeleteShareGroupOffsetsResponseTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}
