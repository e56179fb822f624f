// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 41;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeDescribeDelegationTokenResponse as decode, encodeDescribeDelegationTokenResponse as encode };

export function decodeDescribeDelegationTokenResponse(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeDelegationTokenResponse', v);
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    tokens: r.list(readDescribedDelegationToken, v, f, 30),
    throttleTimeMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribedDelegationToken(r, v) {
  const f = v >= 2;
  return {
    principalType: r.string(f),
    principalName: r.string(f),
    tokenRequesterPrincipalType: v >= 3 ? r.string(f) : '',
    tokenRequesterPrincipalName: v >= 3 ? r.string(f) : '',
    issueTimestamp: r.int64(),
    expiryTimestamp: r.int64(),
    maxTimestamp: r.int64(),
    tokenId: r.string(f),
    hmac: r.bytes(f),
    renewers: r.list(readDescribedDelegationTokenRenewer, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribedDelegationTokenRenewer(r, v) {
  const f = v >= 2;
  return {
    principalType: r.string(f),
    principalName: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeDelegationTokenResponse(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeDelegationTokenResponse', v);
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.list(m.tokens ?? emptyList, writeDescribedDelegationToken, v, f);
  w.int32(m.throttleTimeMs ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeDelegationTokenResponse', 'unknownTaggedFields', v);
}

function writeDescribedDelegationToken(w, m, v) {
  const f = v >= 2;
  w.string(m.principalType ?? '', f);
  w.string(m.principalName ?? '', f);
  if (v >= 3) { w.string(m.tokenRequesterPrincipalType ?? '', f); }
  else if ((m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '')) refuseField('DescribedDelegationToken', 'tokenRequesterPrincipalType', v);
  if (v >= 3) { w.string(m.tokenRequesterPrincipalName ?? '', f); }
  else if ((m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '')) refuseField('DescribedDelegationToken', 'tokenRequesterPrincipalName', v);
  w.int64(m.issueTimestamp ?? 0n);
  w.int64(m.expiryTimestamp ?? 0n);
  w.int64(m.maxTimestamp ?? 0n);
  w.string(m.tokenId ?? '', f);
  w.bytes(m.hmac ?? emptyBytes, f);
  w.list(m.renewers ?? emptyList, writeDescribedDelegationTokenRenewer, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribedDelegationToken', 'unknownTaggedFields', v);
}

function writeDescribedDelegationTokenRenewer(w, m, v) {
  const f = v >= 2;
  w.string(m.principalType ?? '', f);
  w.string(m.principalName ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribedDelegationTokenRenewer', 'unknownTaggedFields', v);
}
