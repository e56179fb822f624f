// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 32;
export const lowestVersion = 1;
export const highestVersion = 4;
export { decodeDescribeConfigsRequest as decode, encodeDescribeConfigsRequest as encode };

export function decodeDescribeConfigsRequest(r, v) {
  if (!(v >= 1 && v <= 4)) refuseVersion('DescribeConfigsRequest', v);
  const f = v >= 4;
  return {
    resources: r.list(readDescribeConfigsResource, v, f, 4),
    includeSynonyms: r.bool(),
    includeDocumentation: v >= 3 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeConfigsResource(r, v) {
  const f = v >= 4;
  return {
    resourceType: r.int8(),
    resourceName: r.string(f),
    configurationKeys: r.nullableList(f ? readCompactString : readString, v, f, 1),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeConfigsRequest(w, m, v) {
  if (!(v >= 1 && v <= 4)) refuseVersion('DescribeConfigsRequest', v);
  const f = v >= 4;
  w.list(m.resources ?? emptyList, writeDescribeConfigsResource, v, f);
  w.bool(m.includeSynonyms ?? false);
  if (v >= 3) { w.bool(m.includeDocumentation ?? false); }
  else if ((m.includeDocumentation !== undefined && m.includeDocumentation !== false)) refuseField('DescribeConfigsRequest', 'includeDocumentation', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsRequest', 'unknownTaggedFields', v);
}

function writeDescribeConfigsResource(w, m, v) {
  const f = v >= 4;
  w.int8(m.resourceType ?? 0);
  w.string(m.resourceName ?? '', f);
  w.nullableList(m.configurationKeys === undefined ? emptyList : m.configurationKeys, f ? writeCompactString : writeString, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeConfigsResource', 'unknownTaggedFields', v);
}
