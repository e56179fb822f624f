// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 7;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupTargetAssignmentMemberValue as decode, encodeConsumerGroupTargetAssignmentMemberValue as encode };

export function decodeConsumerGroupTargetAssignmentMemberValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMemberValue', v);
  return {
    topicPartitions: r.list(readTopicPartition, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartition(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConsumerGroupTargetAssignmentMemberValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupTargetAssignmentMemberValue', v);
  w.list(m.topicPartitions ?? emptyList, writeTopicPartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartition(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
