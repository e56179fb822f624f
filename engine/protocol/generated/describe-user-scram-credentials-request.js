// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 50;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeUserScramCredentialsRequest as decode, encodeDescribeUserScramCredentialsRequest as encode };

export function decodeDescribeUserScramCredentialsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeUserScramCredentialsRequest', v);
  return {
    users: r.nullableList(readUserName, v, true, 2),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readUserName(r, v) {
  return {
    name: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeUserScramCredentialsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeUserScramCredentialsRequest', v);
  w.nullableList(m.users === undefined ? emptyList : m.users, writeUserName, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeUserName(w, m, v) {
  w.string(m.name ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
