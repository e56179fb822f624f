// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 11;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupMetadataValue as decode, encodeShareGroupMetadataValue as encode };

export function decodeShareGroupMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMetadataValue', v);
  return {
    epoch: r.int32(),
    metadataHash: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupMetadataValue', v);
  w.int32(m.epoch ?? 0);
  w.int64(m.metadataHash ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
