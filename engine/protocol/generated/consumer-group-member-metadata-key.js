// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 5;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupMemberMetadataKey as decode, encodeConsumerGroupMemberMetadataKey as encode };

export function decodeConsumerGroupMemberMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMemberMetadataKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeConsumerGroupMemberMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMemberMetadataKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
