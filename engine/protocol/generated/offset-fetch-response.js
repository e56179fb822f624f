// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 9;
export const lowestVersion = 1;
export const highestVersion = 10;
export { decodeOffsetFetchResponse as decode, encodeOffsetFetchResponse as encode };

export function decodeOffsetFetchResponse(r, v) {
  if (!(v >= 1 && v <= 10)) refuseVersion('OffsetFetchResponse', v);
  const f = v >= 6;
  return {
    throttleTimeMs: v >= 3 ? r.int32() : 0,
    topics: v <= 7 ? r.list(readOffsetFetchResponseTopic, v, f, 3) : [],
    errorCode: v >= 2 && v <= 7 ? r.int16() : 0,
    groups: v >= 8 ? r.list(readOffsetFetchResponseGroup, v, f, 5) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetFetchResponseTopic(r, v) {
  const f = v >= 6;
  return {
    name: r.string(f),
    partitions: r.list(readOffsetFetchResponsePartition, v, f, 16),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetFetchResponsePartition(r, v) {
  const f = v >= 6;
  return {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: v >= 5 ? r.int32() : -1,
    metadata: r.nullableString(f),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetFetchResponseGroup(r, v) {
  return {
    groupId: r.string(true),
    topics: r.list(readOffsetFetchResponseTopics, v, true, 3),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readOffsetFetchResponseTopics(r, v) {
  return {
    name: v <= 9 ? r.string(true) : '',
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readOffsetFetchResponsePartitions, v, true, 20),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readOffsetFetchResponsePartitions(r, v) {
  return {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: r.int32(),
    metadata: r.nullableString(true),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeOffsetFetchResponse(w, m, v) {
  if (!(v >= 1 && v <= 10)) refuseVersion('OffsetFetchResponse', v);
  const f = v >= 6;
  if (v >= 3) { w.int32(m.throttleTimeMs ?? 0); }
  if (v <= 7) { w.list(m.topics ?? emptyList, writeOffsetFetchResponseTopic, v, f); }
  else if (((m.topics !== undefined && m.topics.length !== 0))) refuseField('OffsetFetchResponse', 'topics', v);
  if (v >= 2 && v <= 7) { w.int16(m.errorCode ?? 0); }
  if (v >= 8) { w.list(m.groups ?? emptyList, writeOffsetFetchResponseGroup, v, f); }
  else if (((m.groups !== undefined && m.groups.length !== 0))) refuseField('OffsetFetchResponse', 'groups', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetFetchResponse', 'unknownTaggedFields', v);
}

function writeOffsetFetchResponseTopic(w, m, v) {
  const f = v >= 6;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeOffsetFetchResponsePartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetFetchResponseTopic', 'unknownTaggedFields', v);
}

function writeOffsetFetchResponsePartition(w, m, v) {
  const f = v >= 6;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.committedOffset ?? 0n);
  if (v >= 5) { w.int32(m.committedLeaderEpoch ?? -1); }
  w.nullableString(m.metadata === undefined ? '' : m.metadata, f);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetFetchResponsePartition', 'unknownTaggedFields', v);
}

function writeOffsetFetchResponseGroup(w, m, v) {
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeOffsetFetchResponseTopics, v, true);
  w.int16(m.errorCode ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeOffsetFetchResponseTopics(w, m, v) {
  if (v <= 9) { w.string(m.name ?? '', true); }
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writeOffsetFetchResponsePartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeOffsetFetchResponsePartitions(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.committedOffset ?? 0n);
  w.int32(m.committedLeaderEpoch ?? -1);
  w.nullableString(m.metadata === undefined ? '' : m.metadata, true);
  w.int16(m.errorCode ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
