// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 52;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeVoteRequest as decode, encodeVoteRequest as encode };

export function decodeVoteRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('VoteRequest', v);
  return {
    clusterId: r.nullableString(true),
    voterId: v >= 1 ? r.int32() : -1,
    topics: r.list(readTopicData, v, true, 3),
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
    replicaEpoch: r.int32(),
    replicaId: r.int32(),
    replicaDirectoryId: v >= 1 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    voterDirectoryId: v >= 1 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    lastOffsetEpoch: r.int32(),
    lastOffset: r.int64(),
    preVote: v >= 2 ? r.bool() : false,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeVoteRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('VoteRequest', v);
  w.nullableString(m.clusterId ?? null, true);
  if (v >= 1) { w.int32(m.voterId ?? -1); }
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicData(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int32(m.replicaEpoch ?? 0);
  w.int32(m.replicaId ?? 0);
  if (v >= 1) { w.uuid(m.replicaDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  if (v >= 1) { w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.int32(m.lastOffsetEpoch ?? 0);
  w.int64(m.lastOffset ?? 0n);
  if (v >= 2) { w.bool(m.preVote ?? false); }
  else if ((m.preVote !== undefined && m.preVote !== false)) refuseField('PartitionData', 'preVote', v);
  w.unknownTags(m.unknownTaggedFields);
}
