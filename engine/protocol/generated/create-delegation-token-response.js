// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 38;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeCreateDelegationTokenResponse as decode, encodeCreateDelegationTokenResponse as encode };

export function decodeCreateDelegationTokenResponse(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateDelegationTokenResponse', v);
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    principalType: r.string(f),
    principalName: r.string(f),
    tokenRequesterPrincipalType: v >= 3 ? r.string(f) : '',
    tokenRequesterPrincipalName: v >= 3 ? r.string(f) : '',
    issueTimestampMs: r.int64(),
    expiryTimestampMs: r.int64(),
    maxTimestampMs: r.int64(),
    tokenId: r.string(f),
    hmac: r.bytes(f),
    throttleTimeMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreateDelegationTokenResponse(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateDelegationTokenResponse', v);
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.string(m.principalType ?? '', f);
  w.string(m.principalName ?? '', f);
  if (v >= 3) { w.string(m.tokenRequesterPrincipalType ?? '', f); }
  else if ((m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '')) refuseField('CreateDelegationTokenResponse', 'tokenRequesterPrincipalType', v);
  if (v >= 3) { w.string(m.tokenRequesterPrincipalName ?? '', f); }
  else if ((m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '')) refuseField('CreateDelegationTokenResponse', 'tokenRequesterPrincipalName', v);
  w.int64(m.issueTimestampMs ?? 0n);
  w.int64(m.expiryTimestampMs ?? 0n);
  w.int64(m.maxTimestampMs ?? 0n);
  w.string(m.tokenId ?? '', f);
  w.bytes(m.hmac ?? emptyBytes, f);
  w.int32(m.throttleTimeMs ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateDelegationTokenResponse', 'unknownTaggedFields', v);
}
