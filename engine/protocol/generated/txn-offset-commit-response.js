// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 28;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeTxnOffsetCommitResponse as decode, encodeTxnOffsetCommitResponse as encode };

export function decodeTxnOffsetCommitResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('TxnOffsetCommitResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readTxnOffsetCommitResponseTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTxnOffsetCommitResponseTopic(r, v) {
  const f = v >= 3;
  return {
    name: r.string(f),
    partitions: r.list(readTxnOffsetCommitResponsePartition, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTxnOffsetCommitResponsePartition(r, v) {
  const f = v >= 3;
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeTxnOffsetCommitResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('TxnOffsetCommitResponse', v);
  const f = v >= 3;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeTxnOffsetCommitResponseTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitResponse', 'unknownTaggedFields', v);
}

function writeTxnOffsetCommitResponseTopic(w, m, v) {
  const f = v >= 3;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeTxnOffsetCommitResponsePartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitResponseTopic', 'unknownTaggedFields', v);
}

function writeTxnOffsetCommitResponsePartition(w, m, v) {
  const f = v >= 3;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TxnOffsetCommitResponsePartition', 'unknownTaggedFields', v);
}
