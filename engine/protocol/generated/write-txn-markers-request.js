// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 27;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeWriteTxnMarkersRequest as decode, encodeWriteTxnMarkersRequest as encode };

export function decodeWriteTxnMarkersRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('WriteTxnMarkersRequest', v);
  return {
    markers: r.list(readWritableTxnMarker, v, true, 17),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWritableTxnMarker(r, v) {
  return {
    producerId: r.int64(),
    producerEpoch: r.int16(),
    transactionResult: r.bool(),
    topics: r.list(readWritableTxnMarkerTopic, v, true, 3),
    coordinatorEpoch: r.int32(),
    transactionVersion: v >= 2 ? r.int8() : 0,
    unknownTaggedFields: r.unknownTags(),
  };
}

function readWritableTxnMarkerTopic(r, v) {
  return {
    name: r.string(true),
    partitionIndexes: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeWriteTxnMarkersRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('WriteTxnMarkersRequest', v);
  w.list(m.markers ?? emptyList, writeWritableTxnMarker, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeWritableTxnMarker(w, m, v) {
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  w.bool(m.transactionResult ?? false);
  w.list(m.topics ?? emptyList, writeWritableTxnMarkerTopic, v, true);
  w.int32(m.coordinatorEpoch ?? 0);
  if (v >= 2) { w.int8(m.transactionVersion ?? 0); }
  w.unknownTags(m.unknownTaggedFields);
}

function writeWritableTxnMarkerTopic(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitionIndexes ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
