// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 65;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeTransactionsResponse as decode, encodeDescribeTransactionsResponse as encode };

export function decodeDescribeTransactionsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTransactionsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    transactionStates: r.list(readTransactionState, v, true, 28),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTransactionState(r, v) {
  return {
    errorCode: r.int16(),
    transactionalId: r.string(true),
    transactionState: r.string(true),
    transactionTimeoutMs: r.int32(),
    transactionStartTimeMs: r.int64(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    topics: r.list(readTopicData, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topic: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeTransactionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTransactionsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.transactionStates ?? emptyList, writeTransactionState, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTransactionState(w, m, v) {
  w.int16(m.errorCode ?? 0);
  w.string(m.transactionalId ?? '', true);
  w.string(m.transactionState ?? '', true);
  w.int32(m.transactionTimeoutMs ?? 0);
  w.int64(m.transactionStartTimeMs ?? 0n);
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicData(w, m, v) {
  w.string(m.topic ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
