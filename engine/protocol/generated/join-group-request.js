// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 11;
export const lowestVersion = 0;
export const highestVersion = 9;
export { decodeJoinGroupRequest as decode, encodeJoinGroupRequest as encode };

export function decodeJoinGroupRequest(r, v) {
  if (!(v >= 0 && v <= 9)) refuseVersion('JoinGroupRequest', v);
  const f = v >= 6;
  return {
    groupId: r.string(f),
    sessionTimeoutMs: r.int32(),
    rebalanceTimeoutMs: v >= 1 ? r.int32() : -1,
    memberId: r.string(f),
    groupInstanceId: v >= 5 ? r.nullableString(f) : null,
    protocolType: r.string(f),
    protocols: r.list(readJoinGroupRequestProtocol, v, f, 3),
    reason: v >= 8 ? r.nullableString(f) : null,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readJoinGroupRequestProtocol(r, v) {
  const f = v >= 6;
  return {
    name: r.string(f),
    metadata: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeJoinGroupRequest(w, m, v) {
  if (!(v >= 0 && v <= 9)) refuseVersion('JoinGroupRequest', v);
  const f = v >= 6;
  w.string(m.groupId ?? '', f);
  w.int32(m.sessionTimeoutMs ?? 0);
  if (v >= 1) { w.int32(m.rebalanceTimeoutMs ?? -1); }
  w.string(m.memberId ?? '', f);
  if (v >= 5) { w.nullableString(m.groupInstanceId ?? null, f); }
  else if ((m.groupInstanceId ?? null) !== null) refuseField('JoinGroupRequest', 'groupInstanceId', v);
  w.string(m.protocolType ?? '', f);
  w.list(m.protocols ?? emptyList, writeJoinGroupRequestProtocol, v, f);
  if (v >= 8) { w.nullableString(m.reason ?? null, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('JoinGroupRequest', 'unknownTaggedFields', v);
}

function writeJoinGroupRequestProtocol(w, m, v) {
  const f = v >= 6;
  w.string(m.name ?? '', f);
  w.bytes(m.metadata ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('JoinGroupRequestProtocol', 'unknownTaggedFields', v);
}
