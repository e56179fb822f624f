// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt8 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt8 } from '../writer.ts';

export const apiKey = 79;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeShareAcknowledgeRequest as decode, encodeShareAcknowledgeRequest as encode };

export function decodeShareAcknowledgeRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareAcknowledgeRequest', v);
  return {
    groupId: r.nullableString(true),
    memberId: r.nullableString(true),
    shareSessionEpoch: r.int32(),
    isRenewAck: v >= 2 ? r.bool() : false,
    topics: r.list(readAcknowledgeTopic, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAcknowledgeTopic(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readAcknowledgePartition, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAcknowledgePartition(r, v) {
  return {
    partitionIndex: r.int32(),
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

export function encodeShareAcknowledgeRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareAcknowledgeRequest', v);
  w.nullableString(m.groupId ?? null, true);
  w.nullableString(m.memberId === undefined ? '' : m.memberId, true);
  w.int32(m.shareSessionEpoch ?? 0);
  if (v >= 2) { w.bool(m.isRenewAck ?? false); }
  else if ((m.isRenewAck !== undefined && m.isRenewAck !== false)) refuseField('ShareAcknowledgeRequest', 'isRenewAck', v);
  w.list(m.topics ?? emptyList, writeAcknowledgeTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAcknowledgeTopic(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeAcknowledgePartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAcknowledgePartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.list(m.acknowledgementBatches ?? emptyList, writeAcknowledgementBatch, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAcknowledgementBatch(w, m, v) {
  w.int64(m.firstOffset ?? 0n);
  w.int64(m.lastOffset ?? 0n);
  w.list(m.acknowledgeTypes ?? emptyList, writeInt8, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
