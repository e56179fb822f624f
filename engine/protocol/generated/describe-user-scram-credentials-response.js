// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 50;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeUserScramCredentialsResponse as decode, encodeDescribeUserScramCredentialsResponse as encode };

export function decodeDescribeUserScramCredentialsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeUserScramCredentialsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    results: r.list(readDescribeUserScramCredentialsResult, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeUserScramCredentialsResult(r, v) {
  return {
    user: r.string(true),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    credentialInfos: r.list(readCredentialInfo, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readCredentialInfo(r, v) {
  return {
    mechanism: r.int8(),
    iterations: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeUserScramCredentialsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeUserScramCredentialsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.list(m.results ?? emptyList, writeDescribeUserScramCredentialsResult, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeUserScramCredentialsResult(w, m, v) {
  w.string(m.user ?? '', true);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.list(m.credentialInfos ?? emptyList, writeCredentialInfo, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeCredentialInfo(w, m, v) {
  w.int8(m.mechanism ?? 0);
  w.int32(m.iterations ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
