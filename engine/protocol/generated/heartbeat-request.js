// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 12;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeHeartbeatRequest as decode, encodeHeartbeatRequest as encode };

export function decodeHeartbeatRequest(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('HeartbeatRequest', v);
  const f = v >= 4;
  return {
    groupId: r.string(f),
    generationId: r.int32(),
    memberId: r.string(f),
    groupInstanceId: v >= 3 ? r.nullableString(f) : null,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeHeartbeatRequest(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('HeartbeatRequest', v);
  const f = v >= 4;
  w.string(m.groupId ?? '', f);
  w.int32(m.generationId ?? 0);
  w.string(m.memberId ?? '', f);
  if (v >= 3) { w.nullableString(m.groupInstanceId ?? null, f); }
  else if ((m.groupInstanceId ?? null) !== null) refuseField('HeartbeatRequest', 'groupInstanceId', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('HeartbeatRequest', 'unknownTaggedFields', v);
}
