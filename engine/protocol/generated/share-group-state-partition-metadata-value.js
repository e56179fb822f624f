// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 15;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupStatePartitionMetadataValue as decode, encodeShareGroupStatePartitionMetadataValue as encode };

export function decodeShareGroupStatePartitionMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupStatePartitionMetadataValue', v);
  return {
    initializingTopics: r.list(readTopicPartitionsInfo, v, true, 19),
    initializedTopics: r.list(readTopicPartitionsInfo, v, true, 19),
    deletingTopics: r.list(readTopicInfo, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartitionsInfo(r, v) {
  return {
    topicId: r.uuid(),
    topicName: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicInfo(r, v) {
  return {
    topicId: r.uuid(),
    topicName: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupStatePartitionMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupStatePartitionMetadataValue', v);
  w.list(m.initializingTopics ?? emptyList, writeTopicPartitionsInfo, v, true);
  w.list(m.initializedTopics ?? emptyList, writeTopicPartitionsInfo, v, true);
  w.list(m.deletingTopics ?? emptyList, writeTopicInfo, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitionsInfo(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicInfo(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.string(m.topicName ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
