// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 32;
export const lowestVersion = 1;
export const highestVersion = 4;
export { decodeDescribeConfigsResponse as decode, encodeDescribeConfigsResponse as encode };

export function decodeDescribeConfigsResponse(r, v) {
  if (!(v >= 1 && v <= 4)) refuseVersion('DescribeConfigsResponse', v);
  const f = v >= 4;
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readDescribeConfigsResult, v, f, 7),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeConfigsResult(r, v) {
  const f = v >= 4;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    resourceType: r.int8(),
    resourceName: r.string(f),
    configs: r.list(readDescribeConfigsResourceResult, v, f, 9),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeConfigsResourceResult(r, v) {
  const f = v >= 4;
  return {
    name: r.string(f),
    value: r.nullableString(f),
    readOnly: r.bool(),
    configSource: r.int8(),
    isSensitive: r.bool(),
    synonyms: r.list(readDescribeConfigsSynonym, v, f, 4),
    configType: v >= 3 ? r.int8() : 0,
    documentation: v >= 3 ? r.nullableString(f) : '',
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeConfigsSynonym(r, v) {
  const f = v >= 4;
  return {
    name: r.string(f),
    value: r.nullableString(f),
    source: r.int8(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeConfigsResponse(w, m, v) {
  if (!(v >= 1 && v <= 4)) refuseVersion('DescribeConfigsResponse', v);
  const f = v >= 4;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeDescribeConfigsResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsResponse', 'unknownTaggedFields', v);
}

function writeDescribeConfigsResult(w, m, v) {
  const f = v >= 4;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.list(m.configs ?? emptyList, writeDescribeConfigsResourceResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsResult', 'unknownTaggedFields', v);
}

function writeDescribeConfigsResourceResult(w, m, v) {
  const f = v >= 4;
  w.string(m.name ?? '', f);
  w.nullableString(m.value === undefined ? '' : m.value, f);
  w.bool(m.readOnly ?? false);
  w.int8(m.configSource ?? -1);
  w.bool(m.isSensitive ?? false);
  w.list(m.synonyms ?? emptyList, writeDescribeConfigsSynonym, v, f);
  if (v >= 3) { w.int8(m.configType ?? 0); }
  if (v >= 3) { w.nullableString(m.documentation === undefined ? '' : m.documentation, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsResourceResult', 'unknownTaggedFields', v);
}

function writeDescribeConfigsSynonym(w, m, v) {
  const f = v >= 4;
  w.string(m.name ?? '', f);
  w.nullableString(m.value === undefined ? '' : m.value, f);
  w.int8(m.source ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsSynonym', 'unknownTaggedFields', v);
}
