// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 8;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupCurrentMemberAssignmentValue as decode, encodeConsumerGroupCurrentMemberAssignmentValue as encode };

export function decodeConsumerGroupCurrentMemberAssignmentValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupCurrentMemberAssignmentValue', v);
  return {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: r.list(readTopicPartitions, v, true, 18),
    partitionsPendingRevocation: r.list(readTopicPartitions, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartitions(r, v) {
  const m = {
    topicId: r.uuid(),
    partitions: r.list(readInt32, v, true, 4),
    assignmentEpochs: [],
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.assignmentEpochs = r.nullableList(readInt32, v, true, 4);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeConsumerGroupCurrentMemberAssignmentValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupCurrentMemberAssignmentValue', v);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.previousMemberEpoch ?? 0);
  w.int8(m.state ?? 0);
  w.list(m.assignedPartitions ?? emptyList, writeTopicPartitions, v, true);
  w.list(m.partitionsPendingRevocation ?? emptyList, writeTopicPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitions(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  const t0 = (m.assignmentEpochs === null || (m.assignmentEpochs !== undefined && m.assignmentEpochs.length !== 0));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.nullableList(m.assignmentEpochs === undefined ? emptyList : m.assignmentEpochs, writeInt32, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}
