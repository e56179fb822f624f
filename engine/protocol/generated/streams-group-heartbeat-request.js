// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt16, readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt16, writeInt32 } from '../writer.ts';

export const apiKey = 88;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupHeartbeatRequest as decode, encodeStreamsGroupHeartbeatRequest as encode };

export function decodeStreamsGroupHeartbeatRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupHeartbeatRequest', v);
  return {
    groupId: r.string(true),
    memberId: r.string(true),
    memberEpoch: r.int32(),
    endpointInformationEpoch: r.int32(),
    instanceId: r.nullableString(true),
    rackId: r.nullableString(true),
    rebalanceTimeoutMs: r.int32(),
    topology: (r.present() ? readTopology(r, v) : null),
    activeTasks: r.nullableList(readTaskIds, v, true, 3),
    standbyTasks: r.nullableList(readTaskIds, v, true, 3),
    warmupTasks: r.nullableList(readTaskIds, v, true, 3),
    processId: r.nullableString(true),
    userEndpoint: (r.present() ? readEndpoint(r, v) : null),
    clientTags: r.nullableList(readKeyValue, v, true, 3),
    taskOffsets: r.nullableList(readTaskOffset, v, true, 14),
    taskEndOffsets: r.nullableList(readTaskOffset, v, true, 14),
    shutdownApplication: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopology(r, v) {
  return {
    epoch: r.int32(),
    subtopologies: r.list(readSubtopology, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readSubtopology(r, v) {
  return {
    subtopologyId: r.string(true),
    sourceTopics: r.list(readCompactString, v, true, 1),
    sourceTopicRegex: r.list(readCompactString, v, true, 1),
    stateChangelogTopics: r.list(readTopicInfo, v, true, 9),
    repartitionSinkTopics: r.list(readCompactString, v, true, 1),
    repartitionSourceTopics: r.list(readTopicInfo, v, true, 9),
    copartitionGroups: r.list(readCopartitionGroup, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicInfo(r, v) {
  return {
    name: r.string(true),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: r.list(readKeyValue, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readKeyValue(r, v) {
  return {
    key: r.string(true),
    value: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readCopartitionGroup(r, v) {
  return {
    sourceTopics: r.list(readInt16, v, true, 2),
    sourceTopicRegex: r.list(readInt16, v, true, 2),
    repartitionSourceTopics: r.list(readInt16, v, true, 2),
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

function readEndpoint(r, v) {
  return {
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTaskOffset(r, v) {
  return {
    subtopologyId: r.string(true),
    partition: r.int32(),
    offset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupHeartbeatRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupHeartbeatRequest', v);
  w.string(m.groupId ?? '', true);
  w.string(m.memberId ?? '', true);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.endpointInformationEpoch ?? 0);
  w.nullableString(m.instanceId ?? null, true);
  w.nullableString(m.rackId ?? null, true);
  w.int32(m.rebalanceTimeoutMs ?? -1);
  if (w.present(m.topology)) writeTopology(w, m.topology ?? {}, v);
  w.nullableList(m.activeTasks ?? null, writeTaskIds, v, true);
  w.nullableList(m.standbyTasks ?? null, writeTaskIds, v, true);
  w.nullableList(m.warmupTasks ?? null, writeTaskIds, v, true);
  w.nullableString(m.processId ?? null, true);
  if (w.present(m.userEndpoint)) writeEndpoint(w, m.userEndpoint ?? {}, v);
  w.nullableList(m.clientTags ?? null, writeKeyValue, v, true);
  w.nullableList(m.taskOffsets ?? null, writeTaskOffset, v, true);
  w.nullableList(m.taskEndOffsets ?? null, writeTaskOffset, v, true);
  w.bool(m.shutdownApplication ?? false);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopology(w, m, v) {
  w.int32(m.epoch ?? 0);
  w.list(m.subtopologies ?? emptyList, writeSubtopology, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeSubtopology(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.sourceTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.sourceTopicRegex ?? emptyList, writeCompactString, v, true);
  w.list(m.stateChangelogTopics ?? emptyList, writeTopicInfo, v, true);
  w.list(m.repartitionSinkTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.repartitionSourceTopics ?? emptyList, writeTopicInfo, v, true);
  w.list(m.copartitionGroups ?? emptyList, writeCopartitionGroup, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicInfo(w, m, v) {
  w.string(m.name ?? '', true);
  w.int32(m.partitions ?? 0);
  w.int16(m.replicationFactor ?? 0);
  w.list(m.topicConfigs ?? emptyList, writeKeyValue, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeKeyValue(w, m, v) {
  w.string(m.key ?? '', true);
  w.string(m.value ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeCopartitionGroup(w, m, v) {
  w.list(m.sourceTopics ?? emptyList, writeInt16, v, true);
  w.list(m.sourceTopicRegex ?? emptyList, writeInt16, v, true);
  w.list(m.repartitionSourceTopics ?? emptyList, writeInt16, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskIds(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEndpoint(w, m, v) {
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskOffset(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.int32(m.partition ?? 0);
  w.int64(m.offset ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
