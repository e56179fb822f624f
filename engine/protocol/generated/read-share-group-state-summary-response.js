// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 87;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeReadShareGroupStateSummaryResponse as decode, encodeReadShareGroupStateSummaryResponse as encode };

export function decodeReadShareGroupStateSummaryResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ReadShareGroupStateSummaryResponse', v);
  return {
    results: r.list(readReadStateSummaryResult, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReadStateSummaryResult(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionResult, v, true, 24),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionResult(r, v) {
  return {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: v >= 1 ? r.int32() : -1,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeReadShareGroupStateSummaryResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ReadShareGroupStateSummaryResponse', v);
  w.list(m.results ?? emptyList, writeReadStateSummaryResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReadStateSummaryResult(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionResult(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.int32(m.stateEpoch ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.startOffset ?? 0n);
  if (v >= 1) { w.int32(m.deliveryCompleteCount ?? -1); }
  w.unknownTags(m.unknownTaggedFields);
}
