// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 8;
export const lowestVersion = 2;
export const highestVersion = 10;
export { decodeOffsetCommitRequest as decode, encodeOffsetCommitRequest as encode };

export function decodeOffsetCommitRequest(r, v) {
  if (!(v >= 2 && v <= 10)) refuseVersion('OffsetCommitRequest', v);
  const f = v >= 8;
  return {
    groupId: r.string(f),
    generationIdOrMemberEpoch: r.int32(),
    memberId: r.string(f),
    groupInstanceId: v >= 7 ? r.nullableString(f) : null,
    retentionTimeMs: v <= 4 ? r.int64() : -1n,
    topics: r.list(readOffsetCommitRequestTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetCommitRequestTopic(r, v) {
  const f = v >= 8;
  return {
    name: v <= 9 ? r.string(f) : '',
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readOffsetCommitRequestPartition, v, f, 14),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetCommitRequestPartition(r, v) {
  const f = v >= 8;
  return {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: v >= 6 ? r.int32() : -1,
    committedMetadata: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeOffsetCommitRequest(w, m, v) {
  if (!(v >= 2 && v <= 10)) refuseVersion('OffsetCommitRequest', v);
  const f = v >= 8;
  w.string(m.groupId ?? '', f);
  w.int32(m.generationIdOrMemberEpoch ?? -1);
  w.string(m.memberId ?? '', f);
  if (v >= 7) { w.nullableString(m.groupInstanceId ?? null, f); }
  else if ((m.groupInstanceId ?? null) !== null) refuseField('OffsetCommitRequest', 'groupInstanceId', v);
  if (v <= 4) { w.int64(m.retentionTimeMs ?? -1n); }
  w.list(m.topics ?? emptyList, writeOffsetCommitRequestTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitRequest', 'unknownTaggedFields', v);
}

function writeOffsetCommitRequestTopic(w, m, v) {
  const f = v >= 8;
  if (v <= 9) { w.string(m.name ?? '', f); }
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writeOffsetCommitRequestPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitRequestTopic', 'unknownTaggedFields', v);
}

function writeOffsetCommitRequestPartition(w, m, v) {
  const f = v >= 8;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.committedOffset ?? 0n);
  if (v >= 6) { w.int32(m.committedLeaderEpoch ?? -1); }
  w.nullableString(m.committedMetadata === undefined ? '' : m.committedMetadata, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitRequestPartition', 'unknownTaggedFields', v);
}
