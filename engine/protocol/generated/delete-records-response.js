// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 21;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeDeleteRecordsResponse as decode, encodeDeleteRecordsResponse as encode };

export function decodeDeleteRecordsResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteRecordsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readDeleteRecordsTopicResult, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteRecordsTopicResult(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    partitions: r.list(readDeleteRecordsPartitionResult, v, f, 14),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteRecordsPartitionResult(r, v) {
  const f = v >= 2;
  return {
    partitionIndex: r.int32(),
    lowWatermark: r.int64(),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDeleteRecordsResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('DeleteRecordsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeDeleteRecordsTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsResponse', 'unknownTaggedFields', v);
}

function writeDeleteRecordsTopicResult(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeDeleteRecordsPartitionResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsTopicResult', 'unknownTaggedFields', v);
}

function writeDeleteRecordsPartitionResult(w, m, v) {
  const f = v >= 2;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.lowWatermark ?? 0n);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteRecordsPartitionResult', 'unknownTaggedFields', v);
}
