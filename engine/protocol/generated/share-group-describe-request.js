// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 77;
export const lowestVersion = 1;
export const highestVersion = 1;
export { decodeShareGroupDescribeRequest as decode, encodeShareGroupDescribeRequest as encode };

export function decodeShareGroupDescribeRequest(r, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupDescribeRequest', v);
  return {
    groupIds: r.list(readCompactString, v, true, 1),
    includeAuthorizedOperations: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupDescribeRequest(w, m, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupDescribeRequest', v);
  w.list(m.groupIds ?? emptyList, writeCompactString, v, true);
  w.bool(m.includeAuthorizedOperations ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
