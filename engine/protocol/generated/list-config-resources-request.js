// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt8 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt8 } from '../writer.ts';

export const apiKey = 74;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeListConfigResourcesRequest as decode, encodeListConfigResourcesRequest as encode };

export function decodeListConfigResourcesRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ListConfigResourcesRequest', v);
  return {
    resourceTypes: v >= 1 ? r.list(readInt8, v, true, 1) : [],
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListConfigResourcesRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ListConfigResourcesRequest', v);
  if (v >= 1) { w.list(m.resourceTypes ?? emptyList, writeInt8, v, true); }
  else if (((m.resourceTypes !== undefined && m.resourceTypes.length !== 0))) refuseField('ListConfigResourcesRequest', 'resourceTypes', v);
  w.unknownTags(m.unknownTaggedFields);
}
