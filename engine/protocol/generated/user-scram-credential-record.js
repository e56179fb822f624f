// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 11;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUserScramCredentialRecord as decode, encodeUserScramCredentialRecord as encode };

export function decodeUserScramCredentialRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UserScramCredentialRecord', v);
  return {
    name: r.string(true),
    mechanism: r.int8(),
    salt: r.bytes(true),
    storedKey: r.bytes(true),
    serverKey: r.bytes(true),
    iterations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUserScramCredentialRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UserScramCredentialRecord', v);
  w.string(m.name ?? '', true);
  w.int8(m.mechanism ?? 0);
  w.bytes(m.salt ?? emptyBytes, true);
  w.bytes(m.storedKey ?? emptyBytes, true);
  w.bytes(m.serverKey ?? emptyBytes, true);
  w.int32(m.iterations ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
