// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 20;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupTargetAssignmentMetadataKey as decode, encodeStreamsGroupTargetAssignmentMetadataKey as encode };

export function decodeStreamsGroupTargetAssignmentMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeStreamsGroupTargetAssignmentMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
