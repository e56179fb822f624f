// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 76;
export const lowestVersion = 1;
export const highestVersion = 1;
export { decodeShareGroupHeartbeatRequest as decode, encodeShareGroupHeartbeatRequest as encode };

export function decodeShareGroupHeartbeatRequest(r, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupHeartbeatRequest', v);
  return {
    groupId: r.string(true),
    memberId: r.string(true),
    memberEpoch: r.int32(),
    rackId: r.nullableString(true),
    subscribedTopicNames: r.nullableList(readCompactString, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupHeartbeatRequest(w, m, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupHeartbeatRequest', v);
  w.string(m.groupId ?? '', true);
  w.string(m.memberId ?? '', true);
  w.int32(m.memberEpoch ?? 0);
  w.nullableString(m.rackId ?? null, true);
  w.nullableList(m.subscribedTopicNames ?? null, writeCompactString, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
