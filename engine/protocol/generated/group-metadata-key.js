// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 2;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeGroupMetadataKey as decode, encodeGroupMetadataKey as encode };

export function decodeGroupMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GroupMetadataKey', v);
  return {
    group: r.string(false),
  };
}

export function encodeGroupMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GroupMetadataKey', v);
  w.string(m.group ?? '', false);
}
