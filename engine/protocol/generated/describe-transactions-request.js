// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 65;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeTransactionsRequest as decode, encodeDescribeTransactionsRequest as encode };

export function decodeDescribeTransactionsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTransactionsRequest', v);
  return {
    transactionalIds: r.list(readCompactString, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeTransactionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTransactionsRequest', v);
  w.list(m.transactionalIds ?? emptyList, writeCompactString, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
