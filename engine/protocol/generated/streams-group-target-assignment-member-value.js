// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 21;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupTargetAssignmentMemberValue as decode, encodeStreamsGroupTargetAssignmentMemberValue as encode };

export function decodeStreamsGroupTargetAssignmentMemberValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMemberValue', v);
  return {
    activeTasks: r.list(readTaskIds, v, true, 3),
    standbyTasks: r.list(readTaskIds, v, true, 3),
    warmupTasks: r.list(readTaskIds, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTaskIds(r, v) {
  return {
    subtopologyId: r.string(true),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupTargetAssignmentMemberValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTargetAssignmentMemberValue', v);
  w.list(m.activeTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.standbyTasks ?? emptyList, writeTaskIds, v, true);
  w.list(m.warmupTasks ?? emptyList, writeTaskIds, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTaskIds(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
