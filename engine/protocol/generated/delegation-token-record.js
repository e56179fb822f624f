// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 10;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDelegationTokenRecord as decode, encodeDelegationTokenRecord as encode };

export function decodeDelegationTokenRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DelegationTokenRecord', v);
  return {
    owner: r.string(true),
    requester: r.string(true),
    renewers: r.list(readCompactString, v, true, 1),
    issueTimestamp: r.int64(),
    maxTimestamp: r.int64(),
    expirationTimestamp: r.int64(),
    tokenId: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDelegationTokenRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DelegationTokenRecord', v);
  w.string(m.owner ?? '', true);
  w.string(m.requester ?? '', true);
  w.list(m.renewers ?? emptyList, writeCompactString, v, true);
  w.int64(m.issueTimestamp ?? 0n);
  w.int64(m.maxTimestamp ?? 0n);
  w.int64(m.expirationTimestamp ?? 0n);
  w.string(m.tokenId ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
