// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 4;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupPartitionMetadataValue as decode, encodeConsumerGroupPartitionMetadataValue as encode };

export function decodeConsumerGroupPartitionMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupPartitionMetadataValue', v);
  return {
    topics: r.list(readTopicMetadata, v, true, 23),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicMetadata(r, v) {
  return {
    topicId: r.uuid(),
    topicName: r.string(true),
    numPartitions: r.int32(),
    partitionMetadata: r.list(readPartitionMetadata, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionMetadata(r, v) {
  return {
    partition: r.int32(),
    racks: r.list(readCompactString, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConsumerGroupPartitionMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupPartitionMetadataValue', v);
  w.list(m.topics ?? emptyList, writeTopicMetadata, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicMetadata(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.string(m.topicName ?? '', true);
  w.int32(m.numPartitions ?? 0);
  w.list(m.partitionMetadata ?? emptyList, writePartitionMetadata, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionMetadata(w, m, v) {
  w.int32(m.partition ?? 0);
  w.list(m.racks ?? emptyList, writeCompactString, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
