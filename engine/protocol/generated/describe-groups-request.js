// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 15;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeDescribeGroupsRequest as decode, encodeDescribeGroupsRequest as encode };

export function decodeDescribeGroupsRequest(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('DescribeGroupsRequest', v);
  const f = v >= 5;
  return {
    groups: r.list(f ? readCompactString : readString, v, f, 1),
    includeAuthorizedOperations: v >= 3 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeGroupsRequest(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('DescribeGroupsRequest', v);
  const f = v >= 5;
  w.list(m.groups ?? emptyList, f ? writeCompactString : writeString, v, f);
  if (v >= 3) { w.bool(m.includeAuthorizedOperations ?? false); }
  else if ((m.includeAuthorizedOperations !== undefined && m.includeAuthorizedOperations !== false)) refuseField('DescribeGroupsRequest', 'includeAuthorizedOperations', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeGroupsRequest', 'unknownTaggedFields', v);
}
