// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 24;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeAddPartitionsToTxnResponse as decode, encodeAddPartitionsToTxnResponse as encode };

export function decodeAddPartitionsToTxnResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('AddPartitionsToTxnResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: r.int32(),
    errorCode: v >= 4 ? r.int16() : 0,
    resultsByTransaction: v >= 4 ? r.list(readAddPartitionsToTxnResult, v, f, 3) : [],
    resultsByTopicV3AndBelow: v <= 3 ? r.list(readAddPartitionsToTxnTopicResult, v, f, 3) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAddPartitionsToTxnResult(r, v) {
  return {
    transactionalId: r.string(true),
    topicResults: r.list(readAddPartitionsToTxnTopicResult, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAddPartitionsToTxnTopicResult(r, v) {
  const f = v >= 3;
  return {
    name: r.string(f),
    resultsByPartition: r.list(readAddPartitionsToTxnPartitionResult, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAddPartitionsToTxnPartitionResult(r, v) {
  const f = v >= 3;
  return {
    partitionIndex: r.int32(),
    partitionErrorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAddPartitionsToTxnResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('AddPartitionsToTxnResponse', v);
  const f = v >= 3;
  w.int32(m.throttleTimeMs ?? 0);
  if (v >= 4) { w.int16(m.errorCode ?? 0); }
  if (v >= 4) { w.list(m.resultsByTransaction ?? emptyList, writeAddPartitionsToTxnResult, v, f); }
  else if (((m.resultsByTransaction !== undefined && m.resultsByTransaction.length !== 0))) refuseField('AddPartitionsToTxnResponse', 'resultsByTransaction', v);
  if (v <= 3) { w.list(m.resultsByTopicV3AndBelow ?? emptyList, writeAddPartitionsToTxnTopicResult, v, f); }
  else if (((m.resultsByTopicV3AndBelow !== undefined && m.resultsByTopicV3AndBelow.length !== 0))) refuseField('AddPartitionsToTxnResponse', 'resultsByTopicV3AndBelow', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddPartitionsToTxnResponse', 'unknownTaggedFields', v);
}

function writeAddPartitionsToTxnResult(w, m, v) {
  w.string(m.transactionalId ?? '', true);
  w.list(m.topicResults ?? emptyList, writeAddPartitionsToTxnTopicResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAddPartitionsToTxnTopicResult(w, m, v) {
  const f = v >= 3;
  w.string(m.name ?? '', f);
  w.list(m.resultsByPartition ?? emptyList, writeAddPartitionsToTxnPartitionResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddPartitionsToTxnTopicResult', 'unknownTaggedFields', v);
}

function writeAddPartitionsToTxnPartitionResult(w, m, v) {
  const f = v >= 3;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.partitionErrorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddPartitionsToTxnPartitionResult', 'unknownTaggedFields', v);
}
