// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 2;
export const lowestVersion = 1;
export const highestVersion = 11;
export { decodeListOffsetsResponse as decode, encodeListOffsetsResponse as encode };

export function decodeListOffsetsResponse(r, v) {
  if (!(v >= 1 && v <= 11)) refuseVersion('ListOffsetsResponse', v);
  const f = v >= 6;
  return {
    throttleTimeMs: v >= 2 ? r.int32() : 0,
    topics: r.list(readListOffsetsTopicResponse, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readListOffsetsTopicResponse(r, v) {
  const f = v >= 6;
  return {
    name: r.string(f),
    partitions: r.list(readListOffsetsPartitionResponse, v, f, 22),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readListOffsetsPartitionResponse(r, v) {
  const f = v >= 6;
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    timestamp: r.int64(),
    offset: r.int64(),
    leaderEpoch: v >= 4 ? r.int32() : -1,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeListOffsetsResponse(w, m, v) {
  if (!(v >= 1 && v <= 11)) refuseVersion('ListOffsetsResponse', v);
  const f = v >= 6;
  if (v >= 2) { w.int32(m.throttleTimeMs ?? 0); }
  w.list(m.topics ?? emptyList, writeListOffsetsTopicResponse, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsResponse', 'unknownTaggedFields', v);
}

function writeListOffsetsTopicResponse(w, m, v) {
  const f = v >= 6;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeListOffsetsPartitionResponse, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsTopicResponse', 'unknownTaggedFields', v);
}

function writeListOffsetsPartitionResponse(w, m, v) {
  const f = v >= 6;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.timestamp ?? -1n);
  w.int64(m.offset ?? -1n);
  if (v >= 4) { w.int32(m.leaderEpoch ?? -1); }
  else if ((m.leaderEpoch !== undefined && m.leaderEpoch !== -1)) refuseField('ListOffsetsPartitionResponse', 'leaderEpoch', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ListOffsetsPartitionResponse', 'unknownTaggedFields', v);
}
