// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 56;
export const lowestVersion = 2;
export const highestVersion = 3;
export { decodeAlterPartitionRequest as decode, encodeAlterPartitionRequest as encode };

export function decodeAlterPartitionRequest(r, v) {
  if (!(v >= 2 && v <= 3)) refuseVersion('AlterPartitionRequest', v);
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    topics: r.list(readTopicData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 15),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    leaderEpoch: r.int32(),
    newIsr: v <= 2 ? r.list(readInt32, v, true, 4) : [],
    newIsrWithEpochs: v >= 3 ? r.list(readBrokerState, v, true, 13) : [],
    leaderRecoveryState: r.int8(),
    partitionEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readBrokerState(r, v) {
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterPartitionRequest(w, m, v) {
  if (!(v >= 2 && v <= 3)) refuseVersion('AlterPartitionRequest', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
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
  w.int32(m.leaderEpoch ?? 0);
  if (v <= 2) { w.list(m.newIsr ?? emptyList, writeInt32, v, true); }
  else if (((m.newIsr !== undefined && m.newIsr.length !== 0))) refuseField('PartitionData', 'newIsr', v);
  if (v >= 3) { w.list(m.newIsrWithEpochs ?? emptyList, writeBrokerState, v, true); }
  else if (((m.newIsrWithEpochs !== undefined && m.newIsrWithEpochs.length !== 0))) refuseField('PartitionData', 'newIsrWithEpochs', v);
  w.int8(m.leaderRecoveryState ?? 0);
  w.int32(m.partitionEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeBrokerState(w, m, v) {
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}
