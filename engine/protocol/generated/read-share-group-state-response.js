// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 84;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeReadShareGroupStateResponse as decode, encodeReadShareGroupStateResponse as encode };

export function decodeReadShareGroupStateResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ReadShareGroupStateResponse', v);
  return {
    results: r.list(readReadStateResult, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReadStateResult(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionResult, v, true, 21),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionResult(r, v) {
  return {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
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

export function encodeReadShareGroupStateResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ReadShareGroupStateResponse', v);
  w.list(m.results ?? emptyList, writeReadStateResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReadStateResult(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionResult(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.int32(m.stateEpoch ?? 0);
  w.int64(m.startOffset ?? 0n);
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
