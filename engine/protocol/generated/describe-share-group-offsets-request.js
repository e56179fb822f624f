// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 90;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeDescribeShareGroupOffsetsRequest as decode, encodeDescribeShareGroupOffsetsRequest as encode };

export function decodeDescribeShareGroupOffsetsRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeShareGroupOffsetsRequest', v);
  return {
    groups: r.list(readDescribeShareGroupOffsetsRequestGroup, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeShareGroupOffsetsRequestGroup(r, v) {
  return {
    groupId: r.string(true),
    topics: r.nullableList(readDescribeShareGroupOffsetsRequestTopic, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeShareGroupOffsetsRequestTopic(r, v) {
  return {
    topicName: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeShareGroupOffsetsRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeShareGroupOffsetsRequest', v);
  w.list(m.groups ?? emptyList, writeDescribeShareGroupOffsetsRequestGroup, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeShareGroupOffsetsRequestGroup(w, m, v) {
  w.string(m.groupId ?? '', true);
  w.nullableList(m.topics === undefined ? emptyList : m.topics, writeDescribeShareGroupOffsetsRequestTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeShareGroupOffsetsRequestTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
