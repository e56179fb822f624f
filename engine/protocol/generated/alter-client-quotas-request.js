// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 49;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeAlterClientQuotasRequest as decode, encodeAlterClientQuotasRequest as encode };

export function decodeAlterClientQuotasRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterClientQuotasRequest', v);
  const f = v >= 1;
  return {
    entries: r.list(readEntryData, v, f, 3),
    validateOnly: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readEntryData(r, v) {
  const f = v >= 1;
  return {
    entity: r.list(readEntityData, v, f, 3),
    ops: r.list(readOpData, v, f, 11),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readEntityData(r, v) {
  const f = v >= 1;
  return {
    entityType: r.string(f),
    entityName: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readOpData(r, v) {
  const f = v >= 1;
  return {
    key: r.string(f),
    value: r.float64(),
    remove: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAlterClientQuotasRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterClientQuotasRequest', v);
  const f = v >= 1;
  w.list(m.entries ?? emptyList, writeEntryData, v, f);
  w.bool(m.validateOnly ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterClientQuotasRequest', 'unknownTaggedFields', v);
}

function writeEntryData(w, m, v) {
  const f = v >= 1;
  w.list(m.entity ?? emptyList, writeEntityData, v, f);
  w.list(m.ops ?? emptyList, writeOpData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EntryData', 'unknownTaggedFields', v);
}

function writeEntityData(w, m, v) {
  const f = v >= 1;
  w.string(m.entityType ?? '', f);
  w.nullableString(m.entityName === undefined ? '' : m.entityName, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EntityData', 'unknownTaggedFields', v);
}

function writeOpData(w, m, v) {
  const f = v >= 1;
  w.string(m.key ?? '', f);
  w.float64(m.value ?? 0);
  w.bool(m.remove ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OpData', 'unknownTaggedFields', v);
}
