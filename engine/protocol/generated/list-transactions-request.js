// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt64 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt64 } from '../writer.ts';

export const apiKey = 66;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeListTransactionsRequest as decode, encodeListTransactionsRequest as encode };

export function decodeListTransactionsRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ListTransactionsRequest', v);
  return {
    stateFilters: r.list(readCompactString, v, true, 1),
    producerIdFilters: r.list(readInt64, v, true, 8),
    durationFilter: v >= 1 ? r.int64() : -1n,
    transactionalIdPattern: v >= 2 ? r.nullableString(true) : null,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListTransactionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ListTransactionsRequest', v);
  w.list(m.stateFilters ?? emptyList, writeCompactString, v, true);
  w.list(m.producerIdFilters ?? emptyList, writeInt64, v, true);
  if (v >= 1) { w.int64(m.durationFilter ?? -1n); }
  else if ((m.durationFilter !== undefined && m.durationFilter !== -1n)) refuseField('ListTransactionsRequest', 'durationFilter', v);
  if (v >= 2) { w.nullableString(m.transactionalIdPattern ?? null, true); }
  else if ((m.transactionalIdPattern ?? null) !== null) refuseField('ListTransactionsRequest', 'transactionalIdPattern', v);
  w.unknownTags(m.unknownTaggedFields);
}
