// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 14;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupCurrentMemberAssignmentKey as decode, encodeShareGroupCurrentMemberAssignmentKey as encode };

export function decodeShareGroupCurrentMemberAssignmentKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupCurrentMemberAssignmentKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeShareGroupCurrentMemberAssignmentKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupCurrentMemberAssignmentKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
