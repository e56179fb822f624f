// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt32 } from '../writer.ts';

export const apiKey = 89;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupDescribeResponse as decode, encodeStreamsGroupDescribeResponse as encode };

export function decodeStreamsGroupDescribeResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupDescribeResponse', v);
  return {
    throttleTimeMs: r.int32(),
    groups: r.list(readDescribedGroup, v, true, 20),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribedGroup(r, v) {
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    groupId: r.string(true),
    groupState: r.string(true),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    topology: (r.present() ? readTopology(r, v) : null),
    members: r.list(readMember, v, true, 28),
    authorizedOperations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopology(r, v) {
  return {
    epoch: r.int32(),
    subtopologies: r.nullableList(readSubtopology, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readSubtopology(r, v) {
  return {
    subtopologyId: r.string(true),
    sourceTopics: r.list(readCompactString, v, true, 1),
    repartitionSinkTopics: r.list(readCompactString, v, true, 1),
    stateChangelogTopics: r.list(readTopicInfo, v, true, 9),
    repartitionSourceTopics: r.list(readTopicInfo, v, true, 9),
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

function readMember(r, v) {
  return {
    memberId: r.string(true),
    memberEpoch: r.int32(),
    instanceId: r.nullableString(true),
    rackId: r.nullableString(true),
    clientId: r.string(true),
    clientHost: r.string(true),
    topologyEpoch: r.int32(),
    processId: r.string(true),
    userEndpoint: (r.present() ? readEndpoint(r, v) : null),
    clientTags: r.list(readKeyValue, v, true, 3),
    taskOffsets: r.list(readTaskOffset, v, true, 14),
    taskEndOffsets: r.list(readTaskOffset, v, true, 14),
    assignment: readAssignment(r, v),
    targetAssignment: readAssignment(r, v),
    isClassic: r.bool(),
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

function readAssignment(r, v) {
  return {
    activeTasks: r.list(readTaskIds, v, true, 3),
    standbyTasks: r.list(readTaskIds, v, true, 3),
    warmupTasks: r.list(readTaskIds, v, true, 3),
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

export function encodeStreamsGroupDescribeResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupDescribeResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.groups ?? emptyList, writeDescribedGroup, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribedGroup(w, m, v) {
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.string(m.groupId ?? '', true);
  w.string(m.groupState ?? '', true);
  w.int32(m.groupEpoch ?? 0);
  w.int32(m.assignmentEpoch ?? 0);
  if (w.present(m.topology)) writeTopology(w, m.topology ?? {}, v);
  w.list(m.members ?? emptyList, writeMember, v, true);
  w.int32(m.authorizedOperations ?? -2147483648);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopology(w, m, v) {
  w.int32(m.epoch ?? 0);
  w.nullableList(m.subtopologies ?? null, writeSubtopology, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeSubtopology(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.sourceTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.repartitionSinkTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.stateChangelogTopics ?? emptyList, writeTopicInfo, v, true);
  w.list(m.repartitionSourceTopics ?? emptyList, writeTopicInfo, v, true);
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

function writeMember(w, m, v) {
  w.string(m.memberId ?? '', true);
  w.int32(m.memberEpoch ?? 0);
  w.nullableString(m.instanceId ?? null, true);
  w.nullableString(m.rackId ?? null, true);
  w.string(m.clientId ?? '', true);
  w.string(m.clientHost ?? '', true);
  w.int32(m.topologyEpoch ?? 0);
  w.string(m.processId ?? '', true);
  if (w.present(m.userEndpoint)) writeEndpoint(w, m.userEndpoint ?? {}, v);
  w.list(m.clientTags ?? emptyList, writeKeyValue, v, true);
  w.list(m.taskOffsets ?? emptyList, writeTaskOffset, v, true);
  w.list(m.taskEndOffsets ?? emptyList, writeTaskOffset, v, true);
  writeAssignment(w, m.assignment ?? {}, v);
  writeAssignment(w, m.targetAssignment ?? {}, v);
  w.bool(m.isClassic ?? false);
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

function writeAssignment(w, m, v) {
  w.list(m.activeTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.standbyTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.warmupTasks ?? emptyList, writeTaskIds, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskIds(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
