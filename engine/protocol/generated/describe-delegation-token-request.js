// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 41;
export const lowestVersion = 1;
export const highestVersion = 3;
export { decodeDescribeDelegationTokenRequest as decode, encodeDescribeDelegationTokenRequest as encode };

export function decodeDescribeDelegationTokenRequest(r, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeDelegationTokenRequest', v);
  const f = v >= 2;
  return {
    owners: r.nullableList(readDescribeDelegationTokenOwner, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeDelegationTokenOwner(r, v) {
  const f = v >= 2;
  return {
    principalType: r.string(f),
    principalName: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeDelegationTokenRequest(w, m, v) {
  if (!(v >= 1 && v <= 3)) refuseVersion('DescribeDelegationTokenRequest', v);
  const f = v >= 2;
  w.nullableList(m.owners === undefined ? emptyList : m.owners, writeDescribeDelegationTokenOwner, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeDelegationTokenRequest', 'unknownTaggedFields', v);
}

function writeDescribeDelegationTokenOwner(w, m, v) {
  const f = v >= 2;
  w.string(m.principalType ?? '', f);
  w.string(m.principalName ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeDelegationTokenOwner', 'unknownTaggedFields', v);
}
