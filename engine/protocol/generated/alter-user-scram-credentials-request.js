// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 51;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAlterUserScramCredentialsRequest as decode, encodeAlterUserScramCredentialsRequest as encode };

export function decodeAlterUserScramCredentialsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterUserScramCredentialsRequest', v);
  return {
    deletions: r.list(readScramCredentialDeletion, v, true, 3),
    upsertions: r.list(readScramCredentialUpsertion, v, true, 9),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readScramCredentialDeletion(r, v) {
  return {
    name: r.string(true),
    mechanism: r.int8(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readScramCredentialUpsertion(r, v) {
  return {
    name: r.string(true),
    mechanism: r.int8(),
    iterations: r.int32(),
    salt: r.bytes(true),
    saltedPassword: r.bytes(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterUserScramCredentialsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterUserScramCredentialsRequest', v);
  w.list(m.deletions ?? emptyList, writeScramCredentialDeletion, v, true);
  w.list(m.upsertions ?? emptyList, writeScramCredentialUpsertion, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeScramCredentialDeletion(w, m, v) {
  w.string(m.name ?? '', true);
  w.int8(m.mechanism ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeScramCredentialUpsertion(w, m, v) {
  w.string(m.name ?? '', true);
  w.int8(m.mechanism ?? 0);
  w.int32(m.iterations ?? 0);
  w.bytes(m.salt ?? emptyBytes, true);
  w.bytes(m.saltedPassword ?? emptyBytes, true);
  w.unknownTags(m.unknownTaggedFields);
}
