// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 54;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeEndQuorumEpochRequest as decode, encodeEndQuorumEpochRequest as encode };

export function decodeEndQuorumEpochRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('EndQuorumEpochRequest', v);
  const f = v >= 1;
  return {
    clusterId: r.nullableString(f),
    topics: r.list(readTopicData, v, f, 3),
    leaderEndpoints: v >= 1 ? r.list(readLeaderEndpoint, v, f, 5) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTopicData(r, v) {
  const f = v >= 1;
  return {
    topicName: r.string(f),
    partitions: r.list(readPartitionData, v, f, 14),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionData(r, v) {
  const f = v >= 1;
  return {
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    preferredSuccessors: v <= 0 ? r.list(readInt32, v, f, 4) : [],
    preferredCandidates: v >= 1 ? r.list(readReplicaInfo, v, f, 21) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readReplicaInfo(r, v) {
  return {
    candidateId: r.int32(),
    candidateDirectoryId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readLeaderEndpoint(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeEndQuorumEpochRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('EndQuorumEpochRequest', v);
  const f = v >= 1;
  w.nullableString(m.clusterId ?? null, f);
  w.list(m.topics ?? emptyList, writeTopicData, v, f);
  if (v >= 1) { w.list(m.leaderEndpoints ?? emptyList, writeLeaderEndpoint, v, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EndQuorumEpochRequest', 'unknownTaggedFields', v);
}

function writeTopicData(w, m, v) {
  const f = v >= 1;
  w.string(m.topicName ?? '', f);
  w.list(m.partitions ?? emptyList, writePartitionData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TopicData', 'unknownTaggedFields', v);
}

function writePartitionData(w, m, v) {
  const f = v >= 1;
  w.int32(m.partitionIndex ?? 0);
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  if (v <= 0) { w.list(m.preferredSuccessors ?? emptyList, writeInt32, v, f); }
  if (v >= 1) { w.list(m.preferredCandidates ?? emptyList, writeReplicaInfo, v, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionData', 'unknownTaggedFields', v);
}

function writeReplicaInfo(w, m, v) {
  w.int32(m.candidateId ?? 0);
  w.uuid(m.candidateDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}

function writeLeaderEndpoint(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
