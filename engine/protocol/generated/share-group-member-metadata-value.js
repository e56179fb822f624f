// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 10;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupMemberMetadataValue as decode, encodeShareGroupMemberMetadataValue as encode };

export function decodeShareGroupMemberMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMemberMetadataValue', v);
  return {
    rackId: r.nullableString(true),
    clientId: r.string(true),
    clientHost: r.string(true),
    subscribedTopicNames: r.list(readCompactString, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupMemberMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMemberMetadataValue', v);
  w.nullableString(m.rackId === undefined ? '' : m.rackId, true);
  w.string(m.clientId ?? '', true);
  w.string(m.clientHost ?? '', true);
  w.list(m.subscribedTopicNames ?? emptyList, writeCompactString, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
