// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 15;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeDescribeGroupsResponse as decode, encodeDescribeGroupsResponse as encode };

export function decodeDescribeGroupsResponse(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('DescribeGroupsResponse', v);
  const f = v >= 5;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    groups: r.list(readDescribedGroup, v, f, 12),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribedGroup(r, v) {
  const f = v >= 5;
  return {
    errorCode: r.int16(),
    errorMessage: v >= 6 ? r.nullableString(f) : null,
    groupId: r.string(f),
    groupState: r.string(f),
    protocolType: r.string(f),
    protocolData: r.string(f),
    members: r.list(readDescribedGroupMember, v, f, 7),
    authorizedOperations: v >= 3 ? r.int32() : -2147483648,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribedGroupMember(r, v) {
  const f = v >= 5;
  return {
    memberId: r.string(f),
    groupInstanceId: v >= 4 ? r.nullableString(f) : null,
    clientId: r.string(f),
    clientHost: r.string(f),
    memberMetadata: r.bytes(f),
    memberAssignment: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeGroupsResponse(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('DescribeGroupsResponse', v);
  const f = v >= 5;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  w.list(m.groups ?? emptyList, writeDescribedGroup, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeGroupsResponse', 'unknownTaggedFields', v);
}

function writeDescribedGroup(w, m, v) {
  const f = v >= 5;
  w.int16(m.errorCode ?? 0);
  if (v >= 6) { w.nullableString(m.errorMessage ?? null, f); }
  else if ((m.errorMessage ?? null) !== null) refuseField('DescribedGroup', 'errorMessage', v);
  w.string(m.groupId ?? '', f);
  w.string(m.groupState ?? '', f);
  w.string(m.protocolType ?? '', f);
  w.string(m.protocolData ?? '', f);
  w.list(m.members ?? emptyList, writeDescribedGroupMember, v, f);
  if (v >= 3) { w.int32(m.authorizedOperations ?? -2147483648); }
  else if ((m.authorizedOperations !== undefined && m.authorizedOperations !== -2147483648)) refuseField('DescribedGroup', 'authorizedOperations', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribedGroup', 'unknownTaggedFields', v);
}

function writeDescribedGroupMember(w, m, v) {
  const f = v >= 5;
  w.string(m.memberId ?? '', f);
  if (v >= 4) { w.nullableString(m.groupInstanceId ?? null, f); }
  w.string(m.clientId ?? '', f);
  w.string(m.clientHost ?? '', f);
  w.bytes(m.memberMetadata ?? emptyBytes, f);
  w.bytes(m.memberAssignment ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribedGroupMember', 'unknownTaggedFields', v);
}
