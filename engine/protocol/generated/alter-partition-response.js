// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 56;
export const lowestVersion = 2;
export const highestVersion = 3;
export { decodeAlterPartitionResponse as decode, encodeAlterPartitionResponse as encode };

export function decodeAlterPartitionResponse(r, v) {
  if (!(v >= 2 && v <= 3)) refuseVersion('AlterPartitionResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    topics: r.list(readTopicData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 21),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    isr: r.list(readInt32, v, true, 4),
    leaderRecoveryState: r.int8(),
    partitionEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterPartitionResponse(w, m, v) {
  if (!(v >= 2 && v <= 3)) refuseVersion('AlterPartitionResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.list(m.isr ?? emptyList, writeInt32, v, true);
  w.int8(m.leaderRecoveryState ?? 0);
  w.int32(m.partitionEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
