// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 35;
export const lowestVersion = 1;
export const highestVersion = 5;
export { decodeDescribeLogDirsRequest as decode, encodeDescribeLogDirsRequest as encode };

export function decodeDescribeLogDirsRequest(r, v) {
  if (!(v >= 1 && v <= 5)) refuseVersion('DescribeLogDirsRequest', v);
  const f = v >= 2;
  return {
    topics: r.nullableList(readDescribableLogDirTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribableLogDirTopic(r, v) {
  const f = v >= 2;
  return {
    topic: r.string(f),
    partitions: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeLogDirsRequest(w, m, v) {
  if (!(v >= 1 && v <= 5)) refuseVersion('DescribeLogDirsRequest', v);
  const f = v >= 2;
  w.nullableList(m.topics === undefined ? emptyList : m.topics, writeDescribableLogDirTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeLogDirsRequest', 'unknownTaggedFields', v);
}

function writeDescribableLogDirTopic(w, m, v) {
  const f = v >= 2;
  w.string(m.topic ?? '', f);
  w.list(m.partitions ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribableLogDirTopic', 'unknownTaggedFields', v);
}
