// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 10;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupMemberMetadataKey as decode, encodeShareGroupMemberMetadataKey as encode };

export function decodeShareGroupMemberMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMemberMetadataKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeShareGroupMemberMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMemberMetadataKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
