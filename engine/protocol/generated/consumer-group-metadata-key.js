// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 3;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupMetadataKey as decode, encodeConsumerGroupMetadataKey as encode };

export function decodeConsumerGroupMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeConsumerGroupMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
