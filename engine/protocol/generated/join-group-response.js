// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 11;
export const lowestVersion = 0;
export const highestVersion = 9;
export { decodeJoinGroupResponse as decode, encodeJoinGroupResponse as encode };

export function decodeJoinGroupResponse(r, v) {
  if (!(v >= 0 && v <= 9)) refuseVersion('JoinGroupResponse', v);
  const f = v >= 6;
  return {
    throttleTimeMs: v >= 2 ? r.int32() : 0,
    errorCode: r.int16(),
    generationId: r.int32(),
    protocolType: v >= 7 ? r.nullableString(f) : null,
    protocolName: (v >= 7 ? r.nullableString(f) : r.string(f)),
    leader: r.string(f),
    skipAssignment: v >= 9 ? r.bool() : false,
    memberId: r.string(f),
    members: r.list(readJoinGroupResponseMember, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readJoinGroupResponseMember(r, v) {
  const f = v >= 6;
  return {
    memberId: r.string(f),
    groupInstanceId: v >= 5 ? r.nullableString(f) : null,
    metadata: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeJoinGroupResponse(w, m, v) {
  if (!(v >= 0 && v <= 9)) refuseVersion('JoinGroupResponse', v);
  const f = v >= 6;
  if (v >= 2) { w.int32(m.throttleTimeMs ?? 0); }
  w.int16(m.errorCode ?? 0);
  w.int32(m.generationId ?? -1);
  if (v >= 7) { w.nullableString(m.protocolType ?? null, f); }
  if (v >= 7) w.nullableString(m.protocolName === undefined ? '' : m.protocolName, f); else w.string(m.protocolName === undefined ? '' : m.protocolName, f);
  w.string(m.leader ?? '', f);
  if (v >= 9) { w.bool(m.skipAssignment ?? false); }
  else if ((m.skipAssignment !== undefined && m.skipAssignment !== false)) refuseField('JoinGroupResponse', 'skipAssignment', v);
  w.string(m.memberId ?? '', f);
  w.list(m.members ?? emptyList, writeJoinGroupResponseMember, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('JoinGroupResponse', 'unknownTaggedFields', v);
}

function writeJoinGroupResponseMember(w, m, v) {
  const f = v >= 6;
  w.string(m.memberId ?? '', f);
  if (v >= 5) { w.nullableString(m.groupInstanceId ?? null, f); }
  w.bytes(m.metadata ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('JoinGroupResponseMember', 'unknownTaggedFields', v);
}
