// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 48;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeDescribeClientQuotasResponse as decode, encodeDescribeClientQuotasResponse as encode };

export function decodeDescribeClientQuotasResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeClientQuotasResponse', v);
  const f = v >= 1;
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    entries: r.nullableList(readEntryData, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readEntryData(r, v) {
  const f = v >= 1;
  return {
    entity: r.list(readEntityData, v, f, 3),
    values: r.list(readValueData, v, f, 10),
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

function readValueData(r, v) {
  const f = v >= 1;
  return {
    key: r.string(f),
    value: r.float64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeClientQuotasResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeClientQuotasResponse', v);
  const f = v >= 1;
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.nullableList(m.entries === undefined ? emptyList : m.entries, writeEntryData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeClientQuotasResponse', 'unknownTaggedFields', v);
}

function writeEntryData(w, m, v) {
  const f = v >= 1;
  w.list(m.entity ?? emptyList, writeEntityData, v, f);
  w.list(m.values ?? emptyList, writeValueData, v, f);
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

function writeValueData(w, m, v) {
  const f = v >= 1;
  w.string(m.key ?? '', f);
  w.float64(m.value ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ValueData', 'unknownTaggedFields', v);
}
