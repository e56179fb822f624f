// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 23;
export const lowestVersion = 2;
export const highestVersion = 4;
export { decodeOffsetForLeaderEpochResponse as decode, encodeOffsetForLeaderEpochResponse as encode };

export function decodeOffsetForLeaderEpochResponse(r, v) {
  if (!(v >= 2 && v <= 4)) refuseVersion('OffsetForLeaderEpochResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readOffsetForLeaderTopicResult, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetForLeaderTopicResult(r, v) {
  const f = v >= 4;
  return {
    topic: r.string(f),
    partitions: r.list(readEpochEndOffset, v, f, 18),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readEpochEndOffset(r, v) {
  const f = v >= 4;
  return {
    errorCode: r.int16(),
    partition: r.int32(),
    leaderEpoch: r.int32(),
    endOffset: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeOffsetForLeaderEpochResponse(w, m, v) {
  if (!(v >= 2 && v <= 4)) refuseVersion('OffsetForLeaderEpochResponse', v);
  const f = v >= 4;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeOffsetForLeaderTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetForLeaderEpochResponse', 'unknownTaggedFields', v);
}

function writeOffsetForLeaderTopicResult(w, m, v) {
  const f = v >= 4;
  w.string(m.topic ?? '', f);
  w.list(m.partitions ?? emptyList, writeEpochEndOffset, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetForLeaderTopicResult', 'unknownTaggedFields', v);
}

function writeEpochEndOffset(w, m, v) {
  const f = v >= 4;
  w.int16(m.errorCode ?? 0);
  w.int32(m.partition ?? 0);
  w.int32(m.leaderEpoch ?? -1);
  w.int64(m.endOffset ?? -1n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EpochEndOffset', 'unknownTaggedFields', v);
}
