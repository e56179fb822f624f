// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 14;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeSyncGroupResponse as decode, encodeSyncGroupResponse as encode };

export function decodeSyncGroupResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('SyncGroupResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    protocolType: v >= 5 ? r.nullableString(f) : null,
    protocolName: v >= 5 ? r.nullableString(f) : null,
    assignment: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeSyncGroupResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('SyncGroupResponse', v);
  const f = v >= 4;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  w.int16(m.errorCode ?? 0);
  if (v >= 5) { w.nullableString(m.protocolType ?? null, f); }
  if (v >= 5) { w.nullableString(m.protocolName ?? null, f); }
  w.bytes(m.assignment ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('SyncGroupResponse', 'unknownTaggedFields', v);
}
