// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 85;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeWriteShareGroupStateRequest as decode, encodeWriteShareGroupStateRequest as encode };

export function decodeWriteShareGroupStateRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('WriteShareGroupStateRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readWriteStateData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWriteStateData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 22),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partition: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: v >= 1 ? r.int32() : -1,
    stateBatches: r.list(readStateBatch, v, true, 20),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readStateBatch(r, v) {
  return {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeWriteShareGroupStateRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('WriteShareGroupStateRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeWriteStateData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeWriteStateData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int32(m.stateEpoch ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.startOffset ?? 0n);
  if (v >= 1) { w.int32(m.deliveryCompleteCount ?? -1); }
  w.list(m.stateBatches ?? emptyList, writeStateBatch, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeStateBatch(w, m, v) {
  w.int64(m.firstOffset ?? 0n);
  w.int64(m.lastOffset ?? 0n);
  w.int8(m.deliveryState ?? 0);
  w.int16(m.deliveryCount ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
