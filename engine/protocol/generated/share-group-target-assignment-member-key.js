// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 13;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupTargetAssignmentMemberKey as decode, encodeShareGroupTargetAssignmentMemberKey as encode };

export function decodeShareGroupTargetAssignmentMemberKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMemberKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeShareGroupTargetAssignmentMemberKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMemberKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
