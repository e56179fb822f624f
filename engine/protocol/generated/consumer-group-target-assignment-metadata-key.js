// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 6;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupTargetAssignmentMetadataKey as decode, encodeConsumerGroupTargetAssignmentMetadataKey as encode };

export function decodeConsumerGroupTargetAssignmentMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeConsumerGroupTargetAssignmentMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
