// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 11;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupMetadataKey as decode, encodeShareGroupMetadataKey as encode };

export function decodeShareGroupMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeShareGroupMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
