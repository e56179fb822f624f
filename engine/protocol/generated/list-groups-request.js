// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 16;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeListGroupsRequest as decode, encodeListGroupsRequest as encode };

export function decodeListGroupsRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('ListGroupsRequest', v);
  const f = v >= 3;
  return {
    statesFilter: v >= 4 ? r.list(f ? readCompactString : readString, v, f, 1) : [],
    typesFilter: v >= 5 ? r.list(f ? readCompactString : readString, v, f, 1) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeListGroupsRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('ListGroupsRequest', v);
  const f = v >= 3;
  if (v >= 4) { w.list(m.statesFilter ?? emptyList, f ? writeCompactString : writeString, v, f); }
  else if (((m.statesFilter !== undefined && m.statesFilter.length !== 0))) refuseField('ListGroupsRequest', 'statesFilter', v);
  if (v >= 5) { w.list(m.typesFilter ?? emptyList, f ? writeCompactString : writeString, v, f); }
  else if (((m.typesFilter !== undefined && m.typesFilter.length !== 0))) refuseField('ListGroupsRequest', 'typesFilter', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListGroupsRequest', 'unknownTaggedFields', v);
}
