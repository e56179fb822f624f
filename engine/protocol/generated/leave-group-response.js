// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 13;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeLeaveGroupResponse as decode, encodeLeaveGroupResponse as encode };

export function decodeLeaveGroupResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('LeaveGroupResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    members: v >= 3 ? r.list(readMemberResponse, v, f, 5) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMemberResponse(r, v) {
  const f = v >= 4;
  return {
    memberId: r.string(f),
    groupInstanceId: r.nullableString(f),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeLeaveGroupResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('LeaveGroupResponse', v);
  const f = v >= 4;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  w.int16(m.errorCode ?? 0);
  if (v >= 3) { w.list(m.members ?? emptyList, writeMemberResponse, v, f); }
  else if (((m.members !== undefined && m.members.length !== 0))) refuseField('LeaveGroupResponse', 'members', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('LeaveGroupResponse', 'unknownTaggedFields', v);
}

function writeMemberResponse(w, m, v) {
  const f = v >= 4;
  w.string(m.memberId ?? '', f);
  w.nullableString(m.groupInstanceId === undefined ? '' : m.groupInstanceId, f);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MemberResponse', 'unknownTaggedFields', v);
}
