// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 46;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeListPartitionReassignmentsResponse as decode, encodeListPartitionReassignmentsResponse as encode };

export function decodeListPartitionReassignmentsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ListPartitionReassignmentsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    topics: r.list(readOngoingTopicReassignment, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readOngoingTopicReassignment(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readOngoingPartitionReassignment, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readOngoingPartitionReassignment(r, v) {
  return {
    partitionIndex: r.int32(),
    replicas: r.list(readInt32, v, true, 4),
    addingReplicas: r.list(readInt32, v, true, 4),
    removingReplicas: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeListPartitionReassignmentsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ListPartitionReassignmentsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.list(m.topics ?? emptyList, writeOngoingTopicReassignment, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeOngoingTopicReassignment(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writeOngoingPartitionReassignment, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeOngoingPartitionReassignment(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.list(m.replicas ?? emptyList, writeInt32, v, true);
  w.list(m.addingReplicas ?? emptyList, writeInt32, v, true);
  w.list(m.removingReplicas ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
