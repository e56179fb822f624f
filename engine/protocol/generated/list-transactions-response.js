// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 66;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeListTransactionsResponse as decode, encodeListTransactionsResponse as encode };

export function decodeListTransactionsResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ListTransactionsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    unknownStateFilters: r.list(readCompactString, v, true, 1),
    transactionStates: r.list(readTransactionState, v, true, 11),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTransactionState(r, v) {
  return {
    transactionalId: r.string(true),
    producerId: r.int64(),
    transactionState: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListTransactionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ListTransactionsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.list(m.unknownStateFilters ?? emptyList, writeCompactString, v, true);
  w.list(m.transactionStates ?? emptyList, writeTransactionState, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTransactionState(w, m, v) {
  w.string(m.transactionalId ?? '', true);
  w.int64(m.producerId ?? 0n);
  w.string(m.transactionState ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
