// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 88;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupHeartbeatResponse as decode, encodeStreamsGroupHeartbeatResponse as encode };

export function decodeStreamsGroupHeartbeatResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupHeartbeatResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    memberId: r.string(true),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    acceptableRecoveryLag: r.int32(),
    taskOffsetIntervalMs: r.int32(),
    status: r.nullableList(readStatus, v, true, 3),
    activeTasks: r.nullableList(readTaskIds, v, true, 3),
    standbyTasks: r.nullableList(readTaskIds, v, true, 3),
    warmupTasks: r.nullableList(readTaskIds, v, true, 3),
    endpointInformationEpoch: r.int32(),
    partitionsByUserEndpoint: r.nullableList(readEndpointToPartitions, v, true, 7),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readStatus(r, v) {
  return {
    statusCode: r.int8(),
    statusDetail: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTaskIds(r, v) {
  return {
    subtopologyId: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readEndpointToPartitions(r, v) {
  return {
    userEndpoint: readEndpoint(r, v),
    activePartitions: r.list(readTopicPartition, v, true, 3),
    standbyPartitions: r.list(readTopicPartition, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readEndpoint(r, v) {
  return {
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartition(r, v) {
  return {
    topic: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupHeartbeatResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupHeartbeatResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.string(m.memberId ?? '', true);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.heartbeatIntervalMs ?? 0);
  w.int32(m.acceptableRecoveryLag ?? 0);
  w.int32(m.taskOffsetIntervalMs ?? 0);
  w.nullableList(m.status === undefined ? emptyList : m.status, writeStatus, v, true);
  w.nullableList(m.activeTasks ?? null, writeTaskIds, v, true);
  w.nullableList(m.standbyTasks ?? null, writeTaskIds, v, true);
  w.nullableList(m.warmupTasks ?? null, writeTaskIds, v, true);
  w.int32(m.endpointInformationEpoch ?? 0);
  w.nullableList(m.partitionsByUserEndpoint ?? null, writeEndpointToPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeStatus(w, m, v) {
  w.int8(m.statusCode ?? 0);
  w.string(m.statusDetail ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskIds(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEndpointToPartitions(w, m, v) {
  writeEndpoint(w, m.userEndpoint ?? {}, v);
  w.list(m.activePartitions ?? emptyList, writeTopicPartition, v, true);
  w.list(m.standbyPartitions ?? emptyList, writeTopicPartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEndpoint(w, m, v) {
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartition(w, m, v) {
  w.string(m.topic ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
