// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 22;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoveUserScramCredentialRecord as decode, encodeRemoveUserScramCredentialRecord as encode };

export function decodeRemoveUserScramCredentialRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveUserScramCredentialRecord', v);
  return {
    name: r.string(true),
    mechanism: r.int8(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoveUserScramCredentialRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveUserScramCredentialRecord', v);
  w.string(m.name ?? '', true);
  w.int8(m.mechanism ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
