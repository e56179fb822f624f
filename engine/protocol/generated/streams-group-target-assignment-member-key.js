// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 21;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupTargetAssignmentMemberKey as decode, encodeStreamsGroupTargetAssignmentMemberKey as encode };

export function decodeStreamsGroupTargetAssignmentMemberKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMemberKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeStreamsGroupTargetAssignmentMemberKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMemberKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
