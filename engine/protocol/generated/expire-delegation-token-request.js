// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 40;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeExpireDelegationTokenRequest as decode, encodeExpireDelegationTokenRequest as encode };

export function decodeExpireDelegationTokenRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ExpireDelegationTokenRequest', v);
  const f = v >= 2;
  return {
    hmac: r.bytes(f),
    expiryTimePeriodMs: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeExpireDelegationTokenRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ExpireDelegationTokenRequest', v);
  const f = v >= 2;
  w.bytes(m.hmac ?? emptyBytes, f);
  w.int64(m.expiryTimePeriodMs ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ExpireDelegationTokenRequest', 'unknownTaggedFields', v);
}
