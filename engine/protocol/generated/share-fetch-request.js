// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32, readInt8 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32, writeInt8 } from '../writer.ts';

export const apiKey = 78;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeShareFetchRequest as decode, encodeShareFetchRequest as encode };

export function decodeShareFetchRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareFetchRequest', v);
  return {
    groupId: r.nullableString(true),
    memberId: r.nullableString(true),
    shareSessionEpoch: r.int32(),
    maxWaitMs: r.int32(),
    minBytes: r.int32(),
    maxBytes: r.int32(),
    maxRecords: r.int32(),
    batchSize: r.int32(),
    shareAcquireMode: v >= 2 ? r.int8() : 0,
    isRenewAck: v >= 2 ? r.bool() : false,
    topics: r.list(readFetchTopic, v, true, 18),
    forgottenTopicsData: r.list(readForgottenTopic, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFetchTopic(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readFetchPartition, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFetchPartition(r, v) {
  return {
    partitionIndex: r.int32(),
    partitionMaxBytes: 0,
    acknowledgementBatches: r.list(readAcknowledgementBatch, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAcknowledgementBatch(r, v) {
  return {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    acknowledgeTypes: r.list(readInt8, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readForgottenTopic(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareFetchRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareFetchRequest', v);
  w.nullableString(m.groupId ?? null, true);
  w.nullableString(m.memberId === undefined ? '' : m.memberId, true);
  w.int32(m.shareSessionEpoch ?? 0);
  w.int32(m.maxWaitMs ?? 0);
  w.int32(m.minBytes ?? 0);
  w.int32(m.maxBytes ?? 2147483647);
  w.int32(m.maxRecords ?? 0);
  w.int32(m.batchSize ?? 0);
  if (v >= 2) { w.int8(m.shareAcquireMode ?? 0); }
  if (v >= 2) { w.bool(m.isRenewAck ?? false); }
  else if ((m.isRenewAck !== undefined && m.isRenewAck !== false)) refuseField('ShareFetchRequest', 'isRenewAck', v);
  w.list(m.topics ?? emptyList, writeFetchTopic, v, true);
  w.list(m.forgottenTopicsData ?? emptyList, writeForgottenTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFetchTopic(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeFetchPartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFetchPartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  if ((m.partitionMaxBytes !== undefined && m.partitionMaxBytes !== 0)) refuseField('FetchPartition', 'partitionMaxBytes', v);
  w.list(m.acknowledgementBatches ?? emptyList, writeAcknowledgementBatch, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAcknowledgementBatch(w, m, v) {
  w.int64(m.firstOffset ?? 0n);
  w.int64(m.lastOffset ?? 0n);
  w.list(m.acknowledgeTypes ?? emptyList, writeInt8, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeForgottenTopic(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
