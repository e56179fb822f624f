// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 28;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeTxnOffsetCommitRequest as decode, encodeTxnOffsetCommitRequest as encode };

export function decodeTxnOffsetCommitRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('TxnOffsetCommitRequest', v);
  const f = v >= 3;
  return {
    transactionalId: r.string(f),
    groupId: r.string(f),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    generationId: v >= 3 ? r.int32() : -1,
    memberId: v >= 3 ? r.string(f) : '',
    groupInstanceId: v >= 3 ? r.nullableString(f) : null,
    topics: r.list(readTxnOffsetCommitRequestTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTxnOffsetCommitRequestTopic(r, v) {
  const f = v >= 3;
  return {
    name: r.string(f),
    partitions: r.list(readTxnOffsetCommitRequestPartition, v, f, 14),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTxnOffsetCommitRequestPartition(r, v) {
  const f = v >= 3;
  return {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: v >= 2 ? r.int32() : -1,
    committedMetadata: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeTxnOffsetCommitRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('TxnOffsetCommitRequest', v);
  const f = v >= 3;
  w.string(m.transactionalId ?? '', f);
  w.string(m.groupId ?? '', f);
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  if (v >= 3) { w.int32(m.generationId ?? -1); }
  else if ((m.generationId !== undefined && m.generationId !== -1)) refuseField('TxnOffsetCommitRequest', 'generationId', v);
  if (v >= 3) { w.string(m.memberId ?? '', f); }
  else if ((m.memberId !== undefined && m.memberId !== '')) refuseField('TxnOffsetCommitRequest', 'memberId', v);
  if (v >= 3) { w.nullableString(m.groupInstanceId ?? null, f); }
  else if ((m.groupInstanceId ?? null) !== null) refuseField('TxnOffsetCommitRequest', 'groupInstanceId', v);
  w.list(m.topics ?? emptyList, writeTxnOffsetCommitRequestTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitRequest', 'unknownTaggedFields', v);
}

function writeTxnOffsetCommitRequestTopic(w, m, v) {
  const f = v >= 3;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeTxnOffsetCommitRequestPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitRequestTopic', 'unknownTaggedFields', v);
}

function writeTxnOffsetCommitRequestPartition(w, m, v) {
  const f = v >= 3;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.committedOffset ?? 0n);
  if (v >= 2) { w.int32(m.committedLeaderEpoch ?? -1); }
  w.nullableString(m.committedMetadata === undefined ? '' : m.committedMetadata, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitRequestPartition', 'unknownTaggedFields', v);
}
