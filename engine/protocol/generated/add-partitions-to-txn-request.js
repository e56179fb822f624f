// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 24;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeAddPartitionsToTxnRequest as decode, encodeAddPartitionsToTxnRequest as encode };

export function decodeAddPartitionsToTxnRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('AddPartitionsToTxnRequest', v);
  const f = v >= 3;
  return {
    transactions: v >= 4 ? r.list(readAddPartitionsToTxnTransaction, v, f, 14) : [],
    v3AndBelowTransactionalId: v <= 3 ? r.string(f) : '',
    v3AndBelowProducerId: v <= 3 ? r.int64() : 0n,
    v3AndBelowProducerEpoch: v <= 3 ? r.int16() : 0,
    v3AndBelowTopics: v <= 3 ? r.list(readAddPartitionsToTxnTopic, v, f, 3) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAddPartitionsToTxnTransaction(r, v) {
  return {
    transactionalId: r.string(true),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    verifyOnly: r.bool(),
    topics: r.list(readAddPartitionsToTxnTopic, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAddPartitionsToTxnTopic(r, v) {
  const f = v >= 3;
  return {
    name: r.string(f),
    partitions: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAddPartitionsToTxnRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('AddPartitionsToTxnRequest', v);
  const f = v >= 3;
  if (v >= 4) { w.list(m.transactions ?? emptyList, writeAddPartitionsToTxnTransaction, v, f); }
  else if (((m.transactions !== undefined && m.transactions.length !== 0))) refuseField('AddPartitionsToTxnRequest', 'transactions', v);
  if (v <= 3) { w.string(m.v3AndBelowTransactionalId ?? '', f); }
  else if ((m.v3AndBelowTransactionalId !== undefined && m.v3AndBelowTransactionalId !== '')) refuseField('AddPartitionsToTxnRequest', 'v3AndBelowTransactionalId', v);
  if (v <= 3) { w.int64(m.v3AndBelowProducerId ?? 0n); }
  else if ((m.v3AndBelowProducerId !== undefined && m.v3AndBelowProducerId !== 0n)) refuseField('AddPartitionsToTxnRequest', 'v3AndBelowProducerId', v);
  if (v <= 3) { w.int16(m.v3AndBelowProducerEpoch ?? 0); }
  else if ((m.v3AndBelowProducerEpoch !== undefined && m.v3AndBelowProducerEpoch !== 0)) refuseField('AddPartitionsToTxnRequest', 'v3AndBelowProducerEpoch', v);
  if (v <= 3) { w.list(m.v3AndBelowTopics ?? emptyList, writeAddPartitionsToTxnTopic, v, f); }
  else if (((m.v3AndBelowTopics !== undefined && m.v3AndBelowTopics.length !== 0))) refuseField('AddPartitionsToTxnRequest', 'v3AndBelowTopics', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddPartitionsToTxnRequest', 'unknownTaggedFields', v);
}

function writeAddPartitionsToTxnTransaction(w, m, v) {
  w.string(m.transactionalId ?? '', true);
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  w.bool(m.verifyOnly ?? false);
  w.list(m.topics ?? emptyList, writeAddPartitionsToTxnTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAddPartitionsToTxnTopic(w, m, v) {
  const f = v >= 3;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddPartitionsToTxnTopic', 'unknownTaggedFields', v);
}
