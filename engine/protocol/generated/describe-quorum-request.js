// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 55;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDescribeQuorumRequest as decode, encodeDescribeQuorumRequest as encode };

export function decodeDescribeQuorumRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeQuorumRequest', v);
  return {
    topics: r.list(readTopicData, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicData(r, v) {
  return {
    topicName: r.string(true),
    partitions: r.list(readPartitionData, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeQuorumRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DescribeQuorumRequest', v);
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicData(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
