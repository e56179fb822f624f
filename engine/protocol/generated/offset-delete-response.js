// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList } from '../types.ts';

export const apiKey = 47;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeOffsetDeleteResponse as decode, encodeOffsetDeleteResponse as encode };

export function decodeOffsetDeleteResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetDeleteResponse', v);
  return {
    errorCode: r.int16(),
    throttleTimeMs: r.int32(),
    topics: r.list(readOffsetDeleteResponseTopic, v, false, 6),
  };
}

function readOffsetDeleteResponseTopic(r, v) {
  return {
    name: r.string(false),
    partitions: r.list(readOffsetDeleteResponsePartition, v, false, 6),
  };
}

function readOffsetDeleteResponsePartition(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  };
}

export function encodeOffsetDeleteResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetDeleteResponse', v);
  w.int16(m.errorCode ?? 0);
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeOffsetDeleteResponseTopic, v, false);
}

function writeOffsetDeleteResponseTopic(w, m, v) {
  w.string(m.name ?? '', false);
  w.list(m.partitions ?? emptyList, writeOffsetDeleteResponsePartition, v, false);
}

function writeOffsetDeleteResponsePartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
}
