// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 9;
export const lowestVersion = 1;
export const highestVersion = 10;
export { decodeOffsetFetchRequest as decode, encodeOffsetFetchRequest as encode };

export function decodeOffsetFetchRequest(r, v) {
  if (!(v >= 1 && v <= 10)) refuseVersion('OffsetFetchRequest', v);
  const f = v >= 6;
  return {
    groupId: v <= 7 ? r.string(f) : '',
    topics: v <= 7 ? (v >= 2 ? r.nullableList(readOffsetFetchRequestTopic, v, f, 3) : r.list(readOffsetFetchRequestTopic, v, f, 3)) : [],
    groups: v >= 8 ? r.list(readOffsetFetchRequestGroup, v, f, 3) : [],
    requireStable: v >= 7 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetFetchRequestTopic(r, v) {
  const f = v >= 6;
  return {
    name: r.string(f),
    partitionIndexes: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetFetchRequestGroup(r, v) {
  return {
    groupId: r.string(true),
    memberId: v >= 9 ? r.nullableString(true) : null,
    memberEpoch: v >= 9 ? r.int32() : -1,
    topics: r.nullableList(readOffsetFetchRequestTopics, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readOffsetFetchRequestTopics(r, v) {
  return {
    name: v <= 9 ? r.string(true) : '',
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitionIndexes: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeOffsetFetchRequest(w, m, v) {
  if (!(v >= 1 && v <= 10)) refuseVersion('OffsetFetchRequest', v);
  const f = v >= 6;
  if (v <= 7) { w.string(m.groupId ?? '', f); }
  else if ((m.groupId !== undefined && m.groupId !== '')) refuseField('OffsetFetchRequest', 'groupId', v);
  if (v <= 7) { if (v >= 2) w.nullableList(m.topics === undefined ? emptyList : m.topics, writeOffsetFetchRequestTopic, v, f); else w.list(m.topics === undefined ? emptyList : m.topics, writeOffsetFetchRequestTopic, v, f); }
  else if ((m.topics === null || (m.topics !== undefined && m.topics.length !== 0))) refuseField('OffsetFetchRequest', 'topics', v);
  if (v >= 8) { w.list(m.groups ?? emptyList, writeOffsetFetchRequestGroup, v, f); }
  else if (((m.groups !== undefined && m.groups.length !== 0))) refuseField('OffsetFetchRequest', 'groups', v);
  if (v >= 7) { w.bool(m.requireStable ?? false); }
  else if ((m.requireStable !== undefined && m.requireStable !== false)) refuseField('OffsetFetchRequest', 'requireStable', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetFetchRequest', 'unknownTaggedFields', v);
}

function writeOffsetFetchRequestTopic(w, m, v) {
  const f = v >= 6;
  w.string(m.name ?? '', f);
  w.list(m.partitionIndexes ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetFetchRequestTopic', 'unknownTaggedFields', v);
}

function writeOffsetFetchRequestGroup(w, m, v) {
  w.string(m.groupId ?? '', true);
  if (v >= 9) { w.nullableString(m.memberId ?? null, true); }
  if (v >= 9) { w.int32(m.memberEpoch ?? -1); }
  w.nullableList(m.topics === undefined ? emptyList : m.topics, writeOffsetFetchRequestTopics, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeOffsetFetchRequestTopics(w, m, v) {
  if (v <= 9) { w.string(m.name ?? '', true); }
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitionIndexes ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
