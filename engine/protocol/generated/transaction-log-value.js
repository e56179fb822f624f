// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeTransactionLogValue as decode, encodeTransactionLogValue as encode };

export function decodeTransactionLogValue(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('TransactionLogValue', v);
  const f = v >= 1;
  const m = {
    producerId: r.int64(),
    previousProducerId: -1n,
    nextProducerId: -1n,
    producerEpoch: r.int16(),
    nextProducerEpoch: -1,
    transactionTimeoutMs: r.int32(),
    transactionStatus: r.int8(),
    transactionPartitions: r.nullableList(readPartitionsSchema, v, f, 3),
    transactionLastUpdateTimestampMs: r.int64(),
    transactionStartTimestampMs: r.int64(),
    clientTransactionVersion: 0,
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.previousProducerId = r.int64();
    }
    else if (tag === 1) {
      m.nextProducerId = r.int64();
    }
    else if (tag === 2) {
      m.clientTransactionVersion = r.int16();
    }
    else if (tag === 3) {
      m.nextProducerEpoch = r.int16();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readPartitionsSchema(r, v) {
  const f = v >= 1;
  return {
    topic: r.string(f),
    partitionIds: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeTransactionLogValue(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('TransactionLogValue', v);
  const f = v >= 1;
  w.int64(m.producerId ?? 0n);
  if (!(v >= 1) && (m.previousProducerId !== undefined && m.previousProducerId !== -1n)) refuseField('TransactionLogValue', 'previousProducerId', v);
  if (!(v >= 1) && (m.nextProducerId !== undefined && m.nextProducerId !== -1n)) refuseField('TransactionLogValue', 'nextProducerId', v);
  w.int16(m.producerEpoch ?? 0);
  if (!(v >= 1) && (m.nextProducerEpoch !== undefined && m.nextProducerEpoch !== -1)) refuseField('TransactionLogValue', 'nextProducerEpoch', v);
  w.int32(m.transactionTimeoutMs ?? 0);
  w.int8(m.transactionStatus ?? 0);
  w.nullableList(m.transactionPartitions === undefined ? emptyList : m.transactionPartitions, writePartitionsSchema, v, f);
  w.int64(m.transactionLastUpdateTimestampMs ?? 0n);
  w.int64(m.transactionStartTimestampMs ?? 0n);
  if (!(v >= 1) && (m.clientTransactionVersion !== undefined && m.clientTransactionVersion !== 0)) refuseField('TransactionLogValue', 'clientTransactionVersion', v);
  if (f) {
    const t0 = v >= 1 && (m.previousProducerId !== undefined && m.previousProducerId !== -1n);
    const t1 = v >= 1 && (m.nextProducerId !== undefined && m.nextProducerId !== -1n);
    const t2 = v >= 1 && (m.clientTransactionVersion !== undefined && m.clientTransactionVersion !== 0);
    const t3 = v >= 1 && (m.nextProducerEpoch !== undefined && m.nextProducerEpoch !== -1);
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (t3 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.int64(m.previousProducerId ?? -1n); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 0, 1);
    if (t1) { const at = w.beginTag(1); w.int64(m.nextProducerId ?? -1n); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 1, 2);
    if (t2) { const at = w.beginTag(2); w.int16(m.clientTransactionVersion ?? 0); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 2, 3);
    if (t3) { const at = w.beginTag(3); w.int16(m.nextProducerEpoch ?? -1); w.endTag(at); }
    w.unknownTagsBelow(u, i, 3, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TransactionLogValue', 'unknownTaggedFields', v);
}

function writePartitionsSchema(w, m, v) {
  const f = v >= 1;
  w.string(m.topic ?? '', f);
  w.list(m.partitionIds ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionsSchema', 'unknownTaggedFields', v);
}
