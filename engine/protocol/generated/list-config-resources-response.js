// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 74;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeListConfigResourcesResponse as decode, encodeListConfigResourcesResponse as encode };

export function decodeListConfigResourcesResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ListConfigResourcesResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    configResources: r.list(readConfigResource, v, true, 2),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readConfigResource(r, v) {
  return {
    resourceName: r.string(true),
    resourceType: v >= 1 ? r.int8() : 16,
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListConfigResourcesResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ListConfigResourcesResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.list(m.configResources ?? emptyList, writeConfigResource, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeConfigResource(w, m, v) {
  w.string(m.resourceName ?? '', true);
  if (v >= 1) { w.int8(m.resourceType ?? 16); }
  w.unknownTags(m.unknownTaggedFields);
}
