// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 46;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeListPartitionReassignmentsRequest as decode, encodeListPartitionReassignmentsRequest as encode };

export function decodeListPartitionReassignmentsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ListPartitionReassignmentsRequest', v);
  return {
    timeoutMs: r.int32(),
    topics: r.nullableList(readListPartitionReassignmentsTopics, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readListPartitionReassignmentsTopics(r, v) {
  return {
    name: r.string(true),
    partitionIndexes: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListPartitionReassignmentsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ListPartitionReassignmentsRequest', v);
  w.int32(m.timeoutMs ?? 60000);
  w.nullableList(m.topics ?? null, writeListPartitionReassignmentsTopics, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeListPartitionReassignmentsTopics(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitionIndexes ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
