// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 27;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeWriteTxnMarkersResponse as decode, encodeWriteTxnMarkersResponse as encode };

export function decodeWriteTxnMarkersResponse(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('WriteTxnMarkersResponse', v);
  return {
    markers: r.list(readWritableTxnMarkerResult, v, true, 10),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWritableTxnMarkerResult(r, v) {
  return {
    producerId: r.int64(),
    topics: r.list(readWritableTxnMarkerTopicResult, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWritableTxnMarkerTopicResult(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readWritableTxnMarkerPartitionResult, v, true, 7),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWritableTxnMarkerPartitionResult(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeWriteTxnMarkersResponse(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('WriteTxnMarkersResponse', v);
  w.list(m.markers ?? emptyList, writeWritableTxnMarkerResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeWritableTxnMarkerResult(w, m, v) {
  w.int64(m.producerId ?? 0n);
  w.list(m.topics ?? emptyList, writeWritableTxnMarkerTopicResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeWritableTxnMarkerTopicResult(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writeWritableTxnMarkerPartitionResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeWritableTxnMarkerPartitionResult(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
