// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 83;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeInitializeShareGroupStateResponse as decode, encodeInitializeShareGroupStateResponse as encode };

export function decodeInitializeShareGroupStateResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('InitializeShareGroupStateResponse', v);
  return {
    results: r.list(readInitializeStateResult, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readInitializeStateResult(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionResult, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionResult(r, v) {
  return {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeInitializeShareGroupStateResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('InitializeShareGroupStateResponse', v);
  w.list(m.results ?? emptyList, writeInitializeStateResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeInitializeStateResult(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionResult(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}
