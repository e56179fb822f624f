// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 35;
export const lowestVersion = 1;
export const highestVersion = 5;
export { decodeDescribeLogDirsResponse as decode, encodeDescribeLogDirsResponse as encode };

export function decodeDescribeLogDirsResponse(r, v) {
  if (!(v >= 1 && v <= 5)) refuseVersion('DescribeLogDirsResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    errorCode: v >= 3 ? r.int16() : 0,
    results: r.list(readDescribeLogDirsResult, v, f, 5),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeLogDirsResult(r, v) {
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    logDir: r.string(f),
    topics: r.list(readDescribeLogDirsTopic, v, f, 3),
    totalBytes: v >= 4 ? r.int64() : -1n,
    usableBytes: v >= 4 ? r.int64() : -1n,
    isCordoned: v >= 5 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeLogDirsTopic(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    partitions: r.list(readDescribeLogDirsPartition, v, f, 21),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDescribeLogDirsPartition(r, v) {
  const f = v >= 2;
  return {
    partitionIndex: r.int32(),
    partitionSize: r.int64(),
    offsetLag: r.int64(),
    isFutureKey: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeDescribeLogDirsResponse(w, m, v) {
  if (!(v >= 1 && v <= 5)) refuseVersion('DescribeLogDirsResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  if (v >= 3) { w.int16(m.errorCode ?? 0); }
  w.list(m.results ?? emptyList, writeDescribeLogDirsResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeLogDirsResponse', 'unknownTaggedFields', v);
}

function writeDescribeLogDirsResult(w, m, v) {
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.string(m.logDir ?? '', f);
  w.list(m.topics ?? emptyList, writeDescribeLogDirsTopic, v, f);
  if (v >= 4) { w.int64(m.totalBytes ?? -1n); }
  if (v >= 4) { w.int64(m.usableBytes ?? -1n); }
  if (v >= 5) { w.bool(m.isCordoned ?? false); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeLogDirsResult', 'unknownTaggedFields', v);
}

function writeDescribeLogDirsTopic(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeDescribeLogDirsPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeLogDirsTopic', 'unknownTaggedFields', v);
}

function writeDescribeLogDirsPartition(w, m, v) {
  const f = v >= 2;
  w.int32(m.partitionIndex ?? 0);
  w.int64(m.partitionSize ?? 0n);
  w.int64(m.offsetLag ?? 0n);
  w.bool(m.isFutureKey ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DescribeLogDirsPartition', 'unknownTaggedFields', v);
}
