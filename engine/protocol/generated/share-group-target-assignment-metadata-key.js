// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 12;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupTargetAssignmentMetadataKey as decode, encodeShareGroupTargetAssignmentMetadataKey as encode };

export function decodeShareGroupTargetAssignmentMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeShareGroupTargetAssignmentMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
