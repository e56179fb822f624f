// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt32 } from '../writer.ts';

export const apiKey = 77;
export const lowestVersion = 1;
export const highestVersion = 1;
export { decodeShareGroupDescribeResponse as decode, encodeShareGroupDescribeResponse as encode };

export function decodeShareGroupDescribeResponse(r, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupDescribeResponse', v);
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
    assignorName: r.string(true),
    members: r.list(readMember, v, true, 12),
    authorizedOperations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readMember(r, v) {
  return {
    memberId: r.string(true),
    rackId: r.nullableString(true),
    memberEpoch: r.int32(),
    clientId: r.string(true),
    clientHost: r.string(true),
    subscribedTopicNames: r.list(readCompactString, v, true, 1),
    assignment: readAssignment(r, v),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAssignment(r, v) {
  return {
    topicPartitions: r.list(readTopicPartitions, v, true, 19),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartitions(r, v) {
  return {
    topicId: r.uuid(),
    topicName: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupDescribeResponse(w, m, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupDescribeResponse', v);
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
  w.string(m.assignorName ?? '', true);
  w.list(m.members ?? emptyList, writeMember, v, true);
  w.int32(m.authorizedOperations ?? -2147483648);
  w.unknownTags(m.unknownTaggedFields);
}

function writeMember(w, m, v) {
  w.string(m.memberId ?? '', true);
  w.nullableString(m.rackId ?? null, true);
  w.int32(m.memberEpoch ?? 0);
  w.string(m.clientId ?? '', true);
  w.string(m.clientHost ?? '', true);
  w.list(m.subscribedTopicNames ?? emptyList, writeCompactString, v, true);
  writeAssignment(w, m.assignment ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAssignment(w, m, v) {
  w.list(m.topicPartitions ?? emptyList, writeTopicPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitions(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
