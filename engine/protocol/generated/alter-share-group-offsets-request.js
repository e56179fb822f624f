// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 91;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAlterShareGroupOffsetsRequest as decode, encodeAlterShareGroupOffsetsRequest as encode };

export function decodeAlterShareGroupOffsetsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterShareGroupOffsetsRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readAlterShareGroupOffsetsRequestTopic, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAlterShareGroupOffsetsRequestTopic(r, v) {
  return {
    topicName: r.string(true),
    partitions: r.list(readAlterShareGroupOffsetsRequestPartition, v, true, 13),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAlterShareGroupOffsetsRequestPartition(r, v) {
  return {
    partitionIndex: r.int32(),
    startOffset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterShareGroupOffsetsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterShareGroupOffsetsRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeAlterShareGroupOffsetsRequestTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAlterShareGroupOffsetsRequestTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writeAlterShareGroupOffsetsRequestPartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAlterShareGroupOffsetsRequestPartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.startOffset ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
