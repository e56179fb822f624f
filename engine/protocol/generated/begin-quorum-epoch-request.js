// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 53;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeBeginQuorumEpochRequest as decode, encodeBeginQuorumEpochRequest as encode };

export function decodeBeginQuorumEpochRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('BeginQuorumEpochRequest', v);
  const f = v >= 1;
  return {
    clusterId: r.nullableString(f),
    voterId: v >= 1 ? r.int32() : -1,
    topics: r.list(readTopicData, v, f, 3),
    leaderEndpoints: v >= 1 ? r.list(readLeaderEndpoint, v, f, 5) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTopicData(r, v) {
  const f = v >= 1;
  return {
    topicName: r.string(f),
    partitions: r.list(readPartitionData, v, f, 12),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionData(r, v) {
  const f = v >= 1;
  return {
    partitionIndex: r.int32(),
    voterDirectoryId: v >= 1 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
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

export function encodeBeginQuorumEpochRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('BeginQuorumEpochRequest', v);
  const f = v >= 1;
  w.nullableString(m.clusterId ?? null, f);
  if (v >= 1) { w.int32(m.voterId ?? -1); }
  w.list(m.topics ?? emptyList, writeTopicData, v, f);
  if (v >= 1) { w.list(m.leaderEndpoints ?? emptyList, writeLeaderEndpoint, v, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('BeginQuorumEpochRequest', 'unknownTaggedFields', v);
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
  if (v >= 1) { w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionData', 'unknownTaggedFields', v);
}

function writeLeaderEndpoint(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
