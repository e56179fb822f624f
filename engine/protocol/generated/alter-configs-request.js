// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 33;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeAlterConfigsRequest as decode, encodeAlterConfigsRequest as encode };

export function decodeAlterConfigsRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('AlterConfigsRequest', v);
  const f = v >= 2;
  return {
    resources: r.list(readAlterConfigsResource, v, f, 4),
    validateOnly: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterConfigsResource(r, v) {
  const f = v >= 2;
  return {
    resourceType: r.int8(),
    resourceName: r.string(f),
    configs: r.list(readAlterableConfig, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterableConfig(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    value: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAlterConfigsRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('AlterConfigsRequest', v);
  const f = v >= 2;
  w.list(m.resources ?? emptyList, writeAlterConfigsResource, v, f);
  w.bool(m.validateOnly ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterConfigsRequest', 'unknownTaggedFields', v);
}

function writeAlterConfigsResource(w, m, v) {
  const f = v >= 2;
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.list(m.configs ?? emptyList, writeAlterableConfig, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterConfigsResource', 'unknownTaggedFields', v);
}

function writeAlterableConfig(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.nullableString(m.value === undefined ? '' : m.value, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterableConfig', 'unknownTaggedFields', v);
}
