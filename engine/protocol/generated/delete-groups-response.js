// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 42;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDeleteGroupsResponse as decode, encodeDeleteGroupsResponse as encode };

export function decodeDeleteGroupsResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteGroupsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readDeletableGroupResult, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeletableGroupResult(r, v) {
  const f = v >= 2;
  return {
    groupId: r.string(f),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteGroupsResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteGroupsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeDeletableGroupResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteGroupsResponse', 'unknownTaggedFields', v);
}

function writeDeletableGroupResult(w, m, v) {
  const f = v >= 2;
  w.string(m.groupId ?? '', f);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeletableGroupResult', 'unknownTaggedFields', v);
}
