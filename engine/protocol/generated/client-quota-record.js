// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 14;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeClientQuotaRecord as decode, encodeClientQuotaRecord as encode };

export function decodeClientQuotaRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ClientQuotaRecord', v);
  return {
    entity: r.list(readEntityData, v, true, 3),
    key: r.string(true),
    value: r.float64(),
    remove: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readEntityData(r, v) {
  return {
    entityType: r.string(true),
    entityName: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeClientQuotaRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ClientQuotaRecord', v);
  w.list(m.entity ?? emptyList, writeEntityData, v, true);
  w.string(m.key ?? '', true);
  w.float64(m.value ?? 0);
  w.bool(m.remove ?? false);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEntityData(w, m, v) {
  w.string(m.entityType ?? '', true);
  w.nullableString(m.entityName === undefined ? '' : m.entityName, true);
  w.unknownTags(m.unknownTaggedFields);
}
