// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 14;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupCurrentMemberAssignmentValue as decode, encodeShareGroupCurrentMemberAssignmentValue as encode };

export function decodeShareGroupCurrentMemberAssignmentValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupCurrentMemberAssignmentValue', v);
  return {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: r.list(readTopicPartitions, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartitions(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupCurrentMemberAssignmentValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupCurrentMemberAssignmentValue', v);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.previousMemberEpoch ?? 0);
  w.int8(m.state ?? 0);
  w.list(m.assignedPartitions ?? emptyList, writeTopicPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitions(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
