// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 4;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupPartitionMetadataKey as decode, encodeConsumerGroupPartitionMetadataKey as encode };

export function decodeConsumerGroupPartitionMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupPartitionMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeConsumerGroupPartitionMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupPartitionMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
