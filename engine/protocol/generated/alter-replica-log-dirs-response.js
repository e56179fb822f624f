// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 34;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeAlterReplicaLogDirsResponse as decode, encodeAlterReplicaLogDirsResponse as encode };

export function decodeAlterReplicaLogDirsResponse(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('AlterReplicaLogDirsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    results: r.list(readAlterReplicaLogDirTopicResult, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterReplicaLogDirTopicResult(r, v) {
  const f = v >= 2;
  return {
    topicName: r.string(f),
    partitions: r.list(readAlterReplicaLogDirPartitionResult, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterReplicaLogDirPartitionResult(r, v) {
  const f = v >= 2;
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAlterReplicaLogDirsResponse(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('AlterReplicaLogDirsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.results ?? emptyList, writeAlterReplicaLogDirTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDirsResponse', 'unknownTaggedFields', v);
}

function writeAlterReplicaLogDirTopicResult(w, m, v) {
  const f = v >= 2;
  w.string(m.topicName ?? '', f);
  w.list(m.partitions ?? emptyList, writeAlterReplicaLogDirPartitionResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDirTopicResult', 'unknownTaggedFields', v);
}

function writeAlterReplicaLogDirPartitionResult(w, m, v) {
  const f = v >= 2;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDirPartitionResult', 'unknownTaggedFields', v);
}
