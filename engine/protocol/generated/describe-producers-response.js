// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 61;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeProducersResponse as decode, encodeDescribeProducersResponse as encode };

export function decodeDescribeProducersResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeProducersResponse', v);
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readTopicResponse, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicResponse(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readPartitionResponse, v, true, 9),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionResponse(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    activeProducers: r.list(readProducerState, v, true, 37),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readProducerState(r, v) {
  return {
    producerId: r.int64(),
    producerEpoch: r.int32(),
    lastSequence: r.int32(),
    lastTimestamp: r.int64(),
    coordinatorEpoch: r.int32(),
    currentTxnStartOffset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeProducersResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeProducersResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeTopicResponse, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicResponse(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionResponse, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionResponse(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.list(m.activeProducers ?? emptyList, writeProducerState, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeProducerState(w, m, v) {
  w.int64(m.producerId ?? 0n);
  w.int32(m.producerEpoch ?? 0);
  w.int32(m.lastSequence ?? -1);
  w.int64(m.lastTimestamp ?? -1n);
  w.int32(m.coordinatorEpoch ?? 0);
  w.int64(m.currentTxnStartOffset ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}
