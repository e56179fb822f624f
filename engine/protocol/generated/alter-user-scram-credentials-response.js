// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 51;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAlterUserScramCredentialsResponse as decode, encodeAlterUserScramCredentialsResponse as encode };

export function decodeAlterUserScramCredentialsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterUserScramCredentialsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readAlterUserScramCredentialsResult, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAlterUserScramCredentialsResult(r, v) {
  return {
    user: r.string(true),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterUserScramCredentialsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AlterUserScramCredentialsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeAlterUserScramCredentialsResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAlterUserScramCredentialsResult(w, m, v) {
  w.string(m.user ?? '', true);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.unknownTags(m.unknownTaggedFields);
}
