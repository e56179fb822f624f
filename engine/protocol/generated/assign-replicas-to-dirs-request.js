// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 73;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAssignReplicasToDirsRequest as decode, encodeAssignReplicasToDirsRequest as encode };

export function decodeAssignReplicasToDirsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AssignReplicasToDirsRequest', v);
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
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
    partitions: r.list(readPartitionData, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAssignReplicasToDirsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AssignReplicasToDirsRequest', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
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
  w.unknownTags(m.unknownTaggedFields);
}
