// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 17;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupMetadataKey as decode, encodeStreamsGroupMetadataKey as encode };

export function decodeStreamsGroupMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeStreamsGroupMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
