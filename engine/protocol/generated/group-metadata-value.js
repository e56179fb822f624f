// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 2;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeGroupMetadataValue as decode, encodeGroupMetadataValue as encode };

export function decodeGroupMetadataValue(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('GroupMetadataValue', v);
  const f = v >= 4;
  return {
    protocolType: r.string(f),
    generation: r.int32(),
    protocol: r.nullableString(f),
    leader: r.nullableString(f),
    currentStateTimestamp: v >= 2 ? r.int64() : -1n,
    members: r.list(readMemberMetadata, v, f, 15),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMemberMetadata(r, v) {
  const f = v >= 4;
  return {
    memberId: r.string(f),
    groupInstanceId: v >= 3 ? r.nullableString(f) : null,
    clientId: r.string(f),
    clientHost: r.string(f),
    rebalanceTimeout: v >= 1 ? r.int32() : -1,
    sessionTimeout: r.int32(),
    subscription: r.bytes(f),
    assignment: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeGroupMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('GroupMetadataValue', v);
  const f = v >= 4;
  w.string(m.protocolType ?? '', f);
  w.int32(m.generation ?? 0);
  w.nullableString(m.protocol === undefined ? '' : m.protocol, f);
  w.nullableString(m.leader === undefined ? '' : m.leader, f);
  if (v >= 2) { w.int64(m.currentStateTimestamp ?? -1n); }
  w.list(m.members ?? emptyList, writeMemberMetadata, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('GroupMetadataValue', 'unknownTaggedFields', v);
}

function writeMemberMetadata(w, m, v) {
  const f = v >= 4;
  w.string(m.memberId ?? '', f);
  if (v >= 3) { w.nullableString(m.groupInstanceId ?? null, f); }
  w.string(m.clientId ?? '', f);
  w.string(m.clientHost ?? '', f);
  if (v >= 1) { w.int32(m.rebalanceTimeout ?? -1); }
  w.int32(m.sessionTimeout ?? 0);
  w.bytes(m.subscription ?? emptyBytes, f);
  w.bytes(m.assignment ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MemberMetadata', 'unknownTaggedFields', v);
}
