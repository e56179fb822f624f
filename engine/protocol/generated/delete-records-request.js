// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 21;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDeleteRecordsRequest as decode, encodeDeleteRecordsRequest as encode };

export function decodeDeleteRecordsRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteRecordsRequest', v);
  const f = v >= 2;
  return {
    topics: r.list(readDeleteRecordsTopic, v, f, 3),
    timeoutMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteRecordsTopic(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    partitions: r.list(readDeleteRecordsPartition, v, f, 12),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteRecordsPartition(r, v) {
  const f = v >= 2;
  return {
    partitionIndex: r.int32(),
    offset: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteRecordsRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteRecordsRequest', v);
  const f = v >= 2;
  w.list(m.topics ?? emptyList, writeDeleteRecordsTopic, v, f);
  w.int32(m.timeoutMs ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsRequest', 'unknownTaggedFields', v);
}

function writeDeleteRecordsTopic(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeDeleteRecordsPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsTopic', 'unknownTaggedFields', v);
}

function writeDeleteRecordsPartition(w, m, v) {
  const f = v >= 2;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.offset ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsPartition', 'unknownTaggedFields', v);
}
