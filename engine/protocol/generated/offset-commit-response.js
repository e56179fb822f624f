// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 8;
export const lowestVersion = 2;
export const highestVersion = 10;
export { decodeOffsetCommitResponse as decode, encodeOffsetCommitResponse as encode };

export function decodeOffsetCommitResponse(r, v) {
  if (!(v >= 2 && v <= 10)) refuseVersion('OffsetCommitResponse', v);
  const f = v >= 8;
  return {
    throttleTimeMs: v >= 3 ? r.int32() : 0,
    topics: r.list(readOffsetCommitResponseTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetCommitResponseTopic(r, v) {
  const f = v >= 8;
  return {
    name: v <= 9 ? r.string(f) : '',
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readOffsetCommitResponsePartition, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetCommitResponsePartition(r, v) {
  const f = v >= 8;
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeOffsetCommitResponse(w, m, v) {
  if (!(v >= 2 && v <= 10)) refuseVersion('OffsetCommitResponse', v);
  const f = v >= 8;
  if (v >= 3) { w.int32(m.throttleTimeMs ?? 0); }
  w.list(m.topics ?? emptyList, writeOffsetCommitResponseTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitResponse', 'unknownTaggedFields', v);
}

function writeOffsetCommitResponseTopic(w, m, v) {
  const f = v >= 8;
  if (v <= 9) { w.string(m.name ?? '', f); }
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writeOffsetCommitResponsePartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitResponseTopic', 'unknownTaggedFields', v);
}

function writeOffsetCommitResponsePartition(w, m, v) {
  const f = v >= 8;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitResponsePartition', 'unknownTaggedFields', v);
}
