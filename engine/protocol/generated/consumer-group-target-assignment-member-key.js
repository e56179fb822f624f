// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 7;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupTargetAssignmentMemberKey as decode, encodeConsumerGroupTargetAssignmentMemberKey as encode };

export function decodeConsumerGroupTargetAssignmentMemberKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMemberKey', v);
  return {
    groupId: r.string(false),
    memberId: r.string(false),
  };
}

export function encodeConsumerGroupTargetAssignmentMemberKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMemberKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.memberId ?? '', false);
}
