// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 19;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupMemberMetadataKey as decode, encodeStreamsGroupMemberMetadataKey as encode };

export function decodeStreamsGroupMemberMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMemberMetadataKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeStreamsGroupMemberMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMemberMetadataKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
