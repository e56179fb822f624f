// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 75;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeTopicPartitionsResponse as decode, encodeDescribeTopicPartitionsResponse as encode };

export function decodeDescribeTopicPartitionsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTopicPartitionsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readDescribeTopicPartitionsResponseTopic, v, true, 26),
    nextCursor: (r.present() ? readCursor(r, v) : null),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeTopicPartitionsResponseTopic(r, v) {
  return {
    errorCode: r.int16(),
    name: r.nullableString(true),
    topicId: r.uuid(),
    isInternal: r.bool(),
    partitions: r.list(readDescribeTopicPartitionsResponsePartition, v, true, 20),
    topicAuthorizedOperations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeTopicPartitionsResponsePartition(r, v) {
  return {
    errorCode: r.int16(),
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    replicaNodes: r.list(readInt32, v, true, 4),
    isrNodes: r.list(readInt32, v, true, 4),
    eligibleLeaderReplicas: r.nullableList(readInt32, v, true, 4),
    lastKnownElr: r.nullableList(readInt32, v, true, 4),
    offlineReplicas: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readCursor(r, v) {
  return {
    topicName: r.string(true),
    partitionIndex: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeTopicPartitionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTopicPartitionsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeDescribeTopicPartitionsResponseTopic, v, true);
  if (w.present(m.nextCursor)) writeCursor(w, m.nextCursor ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeTopicPartitionsResponseTopic(w, m, v) {
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.name === undefined ? '' : m.name, true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.bool(m.isInternal ?? false);
  w.list(m.partitions ?? emptyList, writeDescribeTopicPartitionsResponsePartition, v, true);
  w.int32(m.topicAuthorizedOperations ?? -2147483648);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeTopicPartitionsResponsePartition(w, m, v) {
  w.int16(m.errorCode ?? 0);
  w.int32(m.partitionIndex ?? 0);
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? -1);
  w.list(m.replicaNodes ?? emptyList, writeInt32, v, true);
  w.list(m.isrNodes ?? emptyList, writeInt32, v, true);
  w.nullableList(m.eligibleLeaderReplicas ?? null, writeInt32, v, true);
  w.nullableList(m.lastKnownElr ?? null, writeInt32, v, true);
  w.list(m.offlineReplicas ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeCursor(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.int32(m.partitionIndex ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
