// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 38;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeCreateDelegationTokenRequest as decode, encodeCreateDelegationTokenRequest as encode };

export function decodeCreateDelegationTokenRequest(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateDelegationTokenRequest', v);
  const f = v >= 2;
  return {
    ownerPrincipalType: v >= 3 ? r.nullableString(f) : '',
    ownerPrincipalName: v >= 3 ? r.nullableString(f) : '',
    renewers: r.list(readCreatableRenewers, v, f, 3),
    maxLifetimeMs: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatableRenewers(r, v) {
  const f = v >= 2;
  return {
    principalType: r.string(f),
    principalName: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreateDelegationTokenRequest(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('CreateDelegationTokenRequest', v);
  const f = v >= 2;
  if (v >= 3) { w.nullableString(m.ownerPrincipalType === undefined ? '' : m.ownerPrincipalType, f); }
  else if ((m.ownerPrincipalType !== undefined && m.ownerPrincipalType !== '')) refuseField('CreateDelegationTokenRequest', 'ownerPrincipalType', v);
  if (v >= 3) { w.nullableString(m.ownerPrincipalName === undefined ? '' : m.ownerPrincipalName, f); }
  else if ((m.ownerPrincipalName !== undefined && m.ownerPrincipalName !== '')) refuseField('CreateDelegationTokenRequest', 'ownerPrincipalName', v);
  w.list(m.renewers ?? emptyList, writeCreatableRenewers, v, f);
  w.int64(m.maxLifetimeMs ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateDelegationTokenRequest', 'unknownTaggedFields', v);
}

function writeCreatableRenewers(w, m, v) {
  const f = v >= 2;
  w.string(m.principalType ?? '', f);
  w.string(m.principalName ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatableRenewers', 'unknownTaggedFields', v);
}
