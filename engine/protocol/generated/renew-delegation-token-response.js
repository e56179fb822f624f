// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 39;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeRenewDelegationTokenResponse as decode, encodeRenewDelegationTokenResponse as encode };

export function decodeRenewDelegationTokenResponse(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RenewDelegationTokenResponse', v);
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    expiryTimestampMs: r.int64(),
    throttleTimeMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeRenewDelegationTokenResponse(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RenewDelegationTokenResponse', v);
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.int64(m.expiryTimestampMs ?? 0n);
  w.int32(m.throttleTimeMs ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('RenewDelegationTokenResponse', 'unknownTaggedFields', v);
}
