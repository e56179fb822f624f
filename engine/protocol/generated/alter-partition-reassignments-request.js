// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 45;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeAlterPartitionReassignmentsRequest as decode, encodeAlterPartitionReassignmentsRequest as encode };

export function decodeAlterPartitionReassignmentsRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterPartitionReassignmentsRequest', v);
  return {
    timeoutMs: r.int32(),
    allowReplicationFactorChange: v >= 1 ? r.bool() : true,
    topics: r.list(readReassignableTopic, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReassignableTopic(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readReassignablePartition, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReassignablePartition(r, v) {
  return {
    partitionIndex: r.int32(),
    replicas: r.nullableList(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterPartitionReassignmentsRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterPartitionReassignmentsRequest', v);
  w.int32(m.timeoutMs ?? 60000);
  if (v >= 1) { w.bool(m.allowReplicationFactorChange ?? true); }
  else if ((m.allowReplicationFactorChange !== undefined && m.allowReplicationFactorChange !== true)) refuseField('AlterPartitionReassignmentsRequest', 'allowReplicationFactorChange', v);
  w.list(m.topics ?? emptyList, writeReassignableTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReassignableTopic(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writeReassignablePartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReassignablePartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.nullableList(m.replicas ?? null, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
