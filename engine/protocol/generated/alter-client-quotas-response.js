// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 49;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeAlterClientQuotasResponse as decode, encodeAlterClientQuotasResponse as encode };

export function decodeAlterClientQuotasResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterClientQuotasResponse', v);
  const f = v >= 1;
  return {
    throttleTimeMs: r.int32(),
    entries: r.list(readEntryData, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readEntryData(r, v) {
  const f = v >= 1;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    entity: r.list(readEntityData, v, f, 3),
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

export function encodeAlterClientQuotasResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterClientQuotasResponse', v);
  const f = v >= 1;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.entries ?? emptyList, writeEntryData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterClientQuotasResponse', 'unknownTaggedFields', v);
}

function writeEntryData(w, m, v) {
  const f = v >= 1;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.list(m.entity ?? emptyList, writeEntityData, v, f);
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
