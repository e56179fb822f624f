// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 89;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupDescribeRequest as decode, encodeStreamsGroupDescribeRequest as encode };

export function decodeStreamsGroupDescribeRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupDescribeRequest', v);
  return {
    groupIds: r.list(readCompactString, v, true, 1),
    includeAuthorizedOperations: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupDescribeRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupDescribeRequest', v);
  w.list(m.groupIds ?? emptyList, writeCompactString, v, true);
  w.bool(m.includeAuthorizedOperations ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
