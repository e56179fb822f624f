// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 26;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoveDelegationTokenRecord as decode, encodeRemoveDelegationTokenRecord as encode };

export function decodeRemoveDelegationTokenRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveDelegationTokenRecord', v);
  return {
    tokenId: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoveDelegationTokenRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveDelegationTokenRecord', v);
  w.string(m.tokenId ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
