// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 91;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAlterShareGroupOffsetsResponse as decode, encodeAlterShareGroupOffsetsResponse as encode };

export function decodeAlterShareGroupOffsetsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterShareGroupOffsetsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    responses: r.list(readAlterShareGroupOffsetsResponseTopic, v, true, 19),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAlterShareGroupOffsetsResponseTopic(r, v) {
  return {
    topicName: r.string(true),
    topicId: r.uuid(),
    partitions: r.list(readAlterShareGroupOffsetsResponsePartition, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAlterShareGroupOffsetsResponsePartition(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterShareGroupOffsetsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterShareGroupOffsetsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.list(m.responses ?? emptyList, writeAlterShareGroupOffsetsResponseTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAlterShareGroupOffsetsResponseTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeAlterShareGroupOffsetsResponsePartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAlterShareGroupOffsetsResponsePartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}
