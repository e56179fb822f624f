// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 23;
export const lowestVersion = 2;
export const highestVersion = 4;
export { decodeOffsetForLeaderEpochRequest as decode, encodeOffsetForLeaderEpochRequest as encode };

export function decodeOffsetForLeaderEpochRequest(r, v) {
  if (!(v >= 2 && v <= 4)) refuseVersion('OffsetForLeaderEpochRequest', v);
  const f = v >= 4;
  return {
    replicaId: v >= 3 ? r.int32() : -2,
    topics: r.list(readOffsetForLeaderTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetForLeaderTopic(r, v) {
  const f = v >= 4;
  return {
    topic: r.string(f),
    partitions: r.list(readOffsetForLeaderPartition, v, f, 12),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOffsetForLeaderPartition(r, v) {
  const f = v >= 4;
  return {
    partition: r.int32(),
    currentLeaderEpoch: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeOffsetForLeaderEpochRequest(w, m, v) {
  if (!(v >= 2 && v <= 4)) refuseVersion('OffsetForLeaderEpochRequest', v);
  const f = v >= 4;
  if (v >= 3) { w.int32(m.replicaId ?? -2); }
  w.list(m.topics ?? emptyList, writeOffsetForLeaderTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetForLeaderEpochRequest', 'unknownTaggedFields', v);
}

function writeOffsetForLeaderTopic(w, m, v) {
  const f = v >= 4;
  w.string(m.topic ?? '', f);
  w.list(m.partitions ?? emptyList, writeOffsetForLeaderPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetForLeaderTopic', 'unknownTaggedFields', v);
}

function writeOffsetForLeaderPartition(w, m, v) {
  const f = v >= 4;
  w.int32(m.partition ?? 0);
  w.int32(m.currentLeaderEpoch ?? -1);
  w.int32(m.leaderEpoch ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetForLeaderPartition', 'unknownTaggedFields', v);
}
