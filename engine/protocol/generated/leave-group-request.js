// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 13;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeLeaveGroupRequest as decode, encodeLeaveGroupRequest as encode };

export function decodeLeaveGroupRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('LeaveGroupRequest', v);
  const f = v >= 4;
  return {
    groupId: r.string(f),
    memberId: v <= 2 ? r.string(f) : '',
    members: v >= 3 ? r.list(readMemberIdentity, v, f, 3) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMemberIdentity(r, v) {
  const f = v >= 4;
  return {
    memberId: r.string(f),
    groupInstanceId: r.nullableString(f),
    reason: v >= 5 ? r.nullableString(f) : null,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeLeaveGroupRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('LeaveGroupRequest', v);
  const f = v >= 4;
  w.string(m.groupId ?? '', f);
  if (v <= 2) { w.string(m.memberId ?? '', f); }
  else if ((m.memberId !== undefined && m.memberId !== '')) refuseField('LeaveGroupRequest', 'memberId', v);
  if (v >= 3) { w.list(m.members ?? emptyList, writeMemberIdentity, v, f); }
  else if (((m.members !== undefined && m.members.length !== 0))) refuseField('LeaveGroupRequest', 'members', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('LeaveGroupRequest', 'unknownTaggedFields', v);
}

function writeMemberIdentity(w, m, v) {
  const f = v >= 4;
  w.string(m.memberId ?? '', f);
  w.nullableString(m.groupInstanceId ?? null, f);
  if (v >= 5) { w.nullableString(m.reason ?? null, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MemberIdentity', 'unknownTaggedFields', v);
}
