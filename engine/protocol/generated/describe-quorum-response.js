// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 55;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDescribeQuorumResponse as decode, encodeDescribeQuorumResponse as encode };

export function decodeDescribeQuorumResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeQuorumResponse', v);
  return {
    errorCode: r.int16(),
    errorMessage: v >= 2 ? r.nullableString(true) : '',
    topics: r.list(readTopicData, v, true, 3),
    nodes: v >= 2 ? r.list(readNode, v, true, 6) : [],
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topicName: r.string(true),
    partitions: r.list(readPartitionData, v, true, 25),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: v >= 2 ? r.nullableString(true) : '',
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    highWatermark: r.int64(),
    currentVoters: r.list(readReplicaState, v, true, 13),
    observers: r.list(readReplicaState, v, true, 13),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReplicaState(r, v) {
  return {
    replicaId: r.int32(),
    replicaDirectoryId: v >= 2 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    logEndOffset: r.int64(),
    lastFetchTimestamp: v >= 1 ? r.int64() : -1n,
    lastCaughtUpTimestamp: v >= 1 ? r.int64() : -1n,
    unknownTaggedFields: r.unknownTags(),
  };
}

function readNode(r, v) {
  return {
    nodeId: r.int32(),
    listeners: r.list(readListener, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readListener(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeQuorumResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeQuorumResponse', v);
  w.int16(m.errorCode ?? 0);
  if (v >= 2) { w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true); }
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  if (v >= 2) { w.list(m.nodes ?? emptyList, writeNode, v, true); }
  else if (((m.nodes !== undefined && m.nodes.length !== 0))) refuseField('DescribeQuorumResponse', 'nodes', v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicData(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  if (v >= 2) { w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true); }
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.highWatermark ?? 0n);
  w.list(m.currentVoters ?? emptyList, writeReplicaState, v, true);
  w.list(m.observers ?? emptyList, writeReplicaState, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReplicaState(w, m, v) {
  w.int32(m.replicaId ?? 0);
  if (v >= 2) { w.uuid(m.replicaDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  else if ((m.replicaDirectoryId !== undefined && m.replicaDirectoryId !== 'AAAAAAAAAAAAAAAAAAAAAA')) refuseField('ReplicaState', 'replicaDirectoryId', v);
  w.int64(m.logEndOffset ?? 0n);
  if (v >= 1) { w.int64(m.lastFetchTimestamp ?? -1n); }
  if (v >= 1) { w.int64(m.lastCaughtUpTimestamp ?? -1n); }
  w.unknownTags(m.unknownTaggedFields);
}

function writeNode(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.list(m.listeners ?? emptyList, writeListener, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeListener(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
