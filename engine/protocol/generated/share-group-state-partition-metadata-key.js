// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 15;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupStatePartitionMetadataKey as decode, encodeShareGroupStatePartitionMetadataKey as encode };

export function decodeShareGroupStatePartitionMetadataKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupStatePartitionMetadataKey', v);
  return {
    groupId: r.string(false),
  };
}

export function encodeShareGroupStatePartitionMetadataKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupStatePartitionMetadataKey', v);
  w.string(m.groupId ?? '', false);
}
