// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 4;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConfigRecord as decode, encodeConfigRecord as encode };

export function decodeConfigRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConfigRecord', v);
  return {
    resourceType: r.int8(),
    resourceName: r.string(true),
    name: r.string(true),
    value: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConfigRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConfigRecord', v);
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', true);
  w.string(m.name ?? '', true);
  w.nullableString(m.value === undefined ? '' : m.value, true);
  w.unknownTags(m.unknownTaggedFields);
}
