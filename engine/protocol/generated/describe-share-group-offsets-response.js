// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 90;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeDescribeShareGroupOffsetsResponse as decode, encodeDescribeShareGroupOffsetsResponse as encode };

export function decodeDescribeShareGroupOffsetsResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeShareGroupOffsetsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    groups: r.list(readDescribeShareGroupOffsetsResponseGroup, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeShareGroupOffsetsResponseGroup(r, v) {
  return {
    groupId: r.string(true),
    topics: r.list(readDescribeShareGroupOffsetsResponseTopic, v, true, 19),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeShareGroupOffsetsResponseTopic(r, v) {
  return {
    topicName: r.string(true),
    topicId: r.uuid(),
    partitions: r.list(readDescribeShareGroupOffsetsResponsePartition, v, true, 20),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDescribeShareGroupOffsetsResponsePartition(r, v) {
  return {
    partitionIndex: r.int32(),
    startOffset: r.int64(),
    leaderEpoch: r.int32(),
    lag: v >= 1 ? r.int64() : -1n,
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeShareGroupOffsetsResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('DescribeShareGroupOffsetsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.groups ?? emptyList, writeDescribeShareGroupOffsetsResponseGroup, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeShareGroupOffsetsResponseGroup(w, m, v) {
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeDescribeShareGroupOffsetsResponseTopic, v, true);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeShareGroupOffsetsResponseTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeDescribeShareGroupOffsetsResponsePartition, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDescribeShareGroupOffsetsResponsePartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.startOffset ?? 0n);
  w.int32(m.leaderEpoch ?? 0);
  if (v >= 1) { w.int64(m.lag ?? -1n); }
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}
