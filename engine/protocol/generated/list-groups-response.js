// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 16;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeListGroupsResponse as decode, encodeListGroupsResponse as encode };

export function decodeListGroupsResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('ListGroupsResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    groups: r.list(readListedGroup, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readListedGroup(r, v) {
  const f = v >= 3;
  return {
    groupId: r.string(f),
    protocolType: r.string(f),
    groupState: v >= 4 ? r.string(f) : '',
    groupType: v >= 5 ? r.string(f) : '',
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeListGroupsResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('ListGroupsResponse', v);
  const f = v >= 3;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  w.int16(m.errorCode ?? 0);
  w.list(m.groups ?? emptyList, writeListedGroup, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListGroupsResponse', 'unknownTaggedFields', v);
}

function writeListedGroup(w, m, v) {
  const f = v >= 3;
  w.string(m.groupId ?? '', f);
  w.string(m.protocolType ?? '', f);
  if (v >= 4) { w.string(m.groupState ?? '', f); }
  if (v >= 5) { w.string(m.groupType ?? '', f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListedGroup', 'unknownTaggedFields', v);
}
