// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 73;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAssignReplicasToDirsResponse as decode, encodeAssignReplicasToDirsResponse as encode };

export function decodeAssignReplicasToDirsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AssignReplicasToDirsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    directories: r.list(readDirectoryData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDirectoryData(r, v) {
  return {
    id: r.uuid(),
    topics: r.list(readTopicData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 7),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAssignReplicasToDirsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AssignReplicasToDirsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.list(m.directories ?? emptyList, writeDirectoryData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDirectoryData(w, m, v) {
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
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
  w.unknownTags(m.unknownTaggedFields);
}
