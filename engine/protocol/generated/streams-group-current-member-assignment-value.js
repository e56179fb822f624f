// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 22;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupCurrentMemberAssignmentValue as decode, encodeStreamsGroupCurrentMemberAssignmentValue as encode };

export function decodeStreamsGroupCurrentMemberAssignmentValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupCurrentMemberAssignmentValue', v);
  return {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    activeTasks: r.list(readTaskIds, v, true, 3),
    standbyTasks: r.list(readTaskIds, v, true, 3),
    warmupTasks: r.list(readTaskIds, v, true, 3),
    activeTasksPendingRevocation: r.list(readTaskIds, v, true, 3),
    standbyTasksPendingRevocation: r.list(readTaskIds, v, true, 3),
    warmupTasksPendingRevocation: r.list(readTaskIds, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTaskIds(r, v) {
  const m = {
    subtopologyId: r.string(true),
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

export function encodeStreamsGroupCurrentMemberAssignmentValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupCurrentMemberAssignmentValue', v);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.previousMemberEpoch ?? 0);
  w.int8(m.state ?? 0);
  w.list(m.activeTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.standbyTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.warmupTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.activeTasksPendingRevocation ?? emptyList, writeTaskIds, v, true);
  w.list(m.standbyTasksPendingRevocation ?? emptyList, writeTaskIds, v, true);
  w.list(m.warmupTasksPendingRevocation ?? emptyList, writeTaskIds, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskIds(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  const t0 = (m.assignmentEpochs === null || (m.assignmentEpochs !== undefined && m.assignmentEpochs.length !== 0));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.nullableList(m.assignmentEpochs === undefined ? emptyList : m.assignmentEpochs, writeInt32, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}
