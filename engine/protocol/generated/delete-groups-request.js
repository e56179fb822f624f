// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 42;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDeleteGroupsRequest as decode, encodeDeleteGroupsRequest as encode };

export function decodeDeleteGroupsRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteGroupsRequest', v);
  const f = v >= 2;
  return {
    groupsNames: r.list(f ? readCompactString : readString, v, f, 1),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteGroupsRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteGroupsRequest', v);
  const f = v >= 2;
  w.list(m.groupsNames ?? emptyList, f ? writeCompactString : writeString, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteGroupsRequest', 'unknownTaggedFields', v);
}
