// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 22;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupCurrentMemberAssignmentKey as decode, encodeStreamsGroupCurrentMemberAssignmentKey as encode };

export function decodeStreamsGroupCurrentMemberAssignmentKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupCurrentMemberAssignmentKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeStreamsGroupCurrentMemberAssignmentKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupCurrentMemberAssignmentKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
