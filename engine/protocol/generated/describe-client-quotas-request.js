// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 48;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeDescribeClientQuotasRequest as decode, encodeDescribeClientQuotasRequest as encode };

export function decodeDescribeClientQuotasRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeClientQuotasRequest', v);
  const f = v >= 1;
  return {
    components: r.list(readComponentData, v, f, 4),
    strict: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readComponentData(r, v) {
  const f = v >= 1;
  return {
    entityType: r.string(f),
    matchType: r.int8(),
    match: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeClientQuotasRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeClientQuotasRequest', v);
  const f = v >= 1;
  w.list(m.components ?? emptyList, writeComponentData, v, f);
  w.bool(m.strict ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeClientQuotasRequest', 'unknownTaggedFields', v);
}

function writeComponentData(w, m, v) {
  const f = v >= 1;
  w.string(m.entityType ?? '', f);
  w.int8(m.matchType ?? 0);
  w.nullableString(m.match === undefined ? '' : m.match, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ComponentData', 'unknownTaggedFields', v);
}
