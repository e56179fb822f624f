// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 14;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeSyncGroupRequest as decode, encodeSyncGroupRequest as encode };

export function decodeSyncGroupRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('SyncGroupRequest', v);
  const f = v >= 4;
  return {
    groupId: r.string(f),
    generationId: r.int32(),
    memberId: r.string(f),
    groupInstanceId: v >= 3 ? r.nullableString(f) : null,
    protocolType: v >= 5 ? r.nullableString(f) : null,
    protocolName: v >= 5 ? r.nullableString(f) : null,
    assignments: r.list(readSyncGroupRequestAssignment, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readSyncGroupRequestAssignment(r, v) {
  const f = v >= 4;
  return {
    memberId: r.string(f),
    assignment: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeSyncGroupRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('SyncGroupRequest', v);
  const f = v >= 4;
  w.string(m.groupId ?? '', f);
  w.int32(m.generationId ?? 0);
  w.string(m.memberId ?? '', f);
  if (v >= 3) { w.nullableString(m.groupInstanceId ?? null, f); }
  else if ((m.groupInstanceId ?? null) !== null) refuseField('SyncGroupRequest', 'groupInstanceId', v);
  if (v >= 5) { w.nullableString(m.protocolType ?? null, f); }
  if (v >= 5) { w.nullableString(m.protocolName ?? null, f); }
  w.list(m.assignments ?? emptyList, writeSyncGroupRequestAssignment, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('SyncGroupRequest', 'unknownTaggedFields', v);
}

function writeSyncGroupRequestAssignment(w, m, v) {
  const f = v >= 4;
  w.string(m.memberId ?? '', f);
  w.bytes(m.assignment ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('SyncGroupRequestAssignment', 'unknownTaggedFields', v);
}
