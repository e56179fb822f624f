// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 12;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeHeartbeatResponse as decode, encodeHeartbeatResponse as encode };

export function decodeHeartbeatResponse(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('HeartbeatResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeHeartbeatResponse(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('HeartbeatResponse', v);
  const f = v >= 4;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('HeartbeatResponse', 'unknownTaggedFields', v);
}
