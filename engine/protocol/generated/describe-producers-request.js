// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 61;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeProducersRequest as decode, encodeDescribeProducersRequest as encode };

export function decodeDescribeProducersRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeProducersRequest', v);
  return {
    topics: r.list(readTopicRequest, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicRequest(r, v) {
  return {
    name: r.string(true),
    partitionIndexes: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeProducersRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeProducersRequest', v);
  w.list(m.topics ?? emptyList, writeTopicRequest, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicRequest(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitionIndexes ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
