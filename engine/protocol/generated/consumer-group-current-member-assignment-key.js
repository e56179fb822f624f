// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 8;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupCurrentMemberAssignmentKey as decode, encodeConsumerGroupCurrentMemberAssignmentKey as encode };

export function decodeConsumerGroupCurrentMemberAssignmentKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupCurrentMemberAssignmentKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeConsumerGroupCurrentMemberAssignmentKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupCurrentMemberAssignmentKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
