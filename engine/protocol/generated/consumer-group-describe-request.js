// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 69;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeConsumerGroupDescribeRequest as decode, encodeConsumerGroupDescribeRequest as encode };

export function decodeConsumerGroupDescribeRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ConsumerGroupDescribeRequest', v);
  return {
    groupIds: r.list(readCompactString, v, true, 1),
    includeAuthorizedOperations: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConsumerGroupDescribeRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ConsumerGroupDescribeRequest', v);
  w.list(m.groupIds ?? emptyList, writeCompactString, v, true);
  w.bool(m.includeAuthorizedOperations ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
