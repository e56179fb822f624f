// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 2;
export const lowestVersion = 1;
export const highestVersion = 11;
export { decodeListOffsetsRequest as decode, encodeListOffsetsRequest as encode };

export function decodeListOffsetsRequest(r, v) {
  if (!(v >= 1 && v <= 11)) refuseVersion('ListOffsetsRequest', v);
  const f = v >= 6;
  return {
    replicaId: r.int32(),
    isolationLevel: v >= 2 ? r.int8() : 0,
    topics: r.list(readListOffsetsTopic, v, f, 3),
    timeoutMs: v >= 10 ? r.int32() : 0,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readListOffsetsTopic(r, v) {
  const f = v >= 6;
  return {
    name: r.string(f),
    partitions: r.list(readListOffsetsPartition, v, f, 12),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readListOffsetsPartition(r, v) {
  const f = v >= 6;
  return {
    partitionIndex: r.int32(),
    currentLeaderEpoch: v >= 4 ? r.int32() : -1,
    timestamp: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeListOffsetsRequest(w, m, v) {
  if (!(v >= 1 && v <= 11)) refuseVersion('ListOffsetsRequest', v);
  const f = v >= 6;
  w.int32(m.replicaId ?? 0);
  if (v >= 2) { w.int8(m.isolationLevel ?? 0); }
  else if ((m.isolationLevel !== undefined && m.isolationLevel !== 0)) refuseField('ListOffsetsRequest', 'isolationLevel', v);
  w.list(m.topics ?? emptyList, writeListOffsetsTopic, v, f);
  if (v >= 10) { w.int32(m.timeoutMs ?? 0); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsRequest', 'unknownTaggedFields', v);
}

function writeListOffsetsTopic(w, m, v) {
  const f = v >= 6;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeListOffsetsPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsTopic', 'unknownTaggedFields', v);
}

function writeListOffsetsPartition(w, m, v) {
  const f = v >= 6;
  w.int32(m.partitionIndex ?? 0);
  if (v >= 4) { w.int32(m.currentLeaderEpoch ?? -1); }
  w.int64(m.timestamp ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsPartition', 'unknownTaggedFields', v);
}
