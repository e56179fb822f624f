// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 12;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeFeatureLevelRecord as decode, encodeFeatureLevelRecord as encode };

export function decodeFeatureLevelRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('FeatureLevelRecord', v);
  return {
    name: r.string(true),
    featureLevel: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeFeatureLevelRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('FeatureLevelRecord', v);
  w.string(m.name ?? '', true);
  w.int16(m.featureLevel ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
