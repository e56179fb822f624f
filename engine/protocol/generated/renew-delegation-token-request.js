// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 39;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeRenewDelegationTokenRequest as decode, encodeRenewDelegationTokenRequest as encode };

export function decodeRenewDelegationTokenRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RenewDelegationTokenRequest', v);
  const f = v >= 2;
  return {
    hmac: r.bytes(f),
    renewPeriodMs: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeRenewDelegationTokenRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RenewDelegationTokenRequest', v);
  const f = v >= 2;
  w.bytes(m.hmac ?? emptyBytes, f);
  w.int64(m.renewPeriodMs ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('RenewDelegationTokenRequest', 'unknownTaggedFields', v);
}
