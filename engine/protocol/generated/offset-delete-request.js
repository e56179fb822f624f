// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList } from '../types.ts';

export const apiKey = 47;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeOffsetDeleteRequest as decode, encodeOffsetDeleteRequest as encode };

export function decodeOffsetDeleteRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetDeleteRequest', v);
  return {
    groupId: r.string(false),
    topics: r.list(readOffsetDeleteRequestTopic, v, false, 6),
  };
}

function readOffsetDeleteRequestTopic(r, v) {
  return {
    name: r.string(false),
    partitions: r.list(readOffsetDeleteRequestPartition, v, false, 4),
  };
}

function readOffsetDeleteRequestPartition(r, v) {
  return {
    partitionIndex: r.int32(),
  };
}

export function encodeOffsetDeleteRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('OffsetDeleteRequest', v);
  w.string(m.groupId ?? '', false);
  w.list(m.topics ?? emptyList, writeOffsetDeleteRequestTopic, v, false);
}

function writeOffsetDeleteRequestTopic(w, m, v) {
  w.string(m.name ?? '', false);
  w.list(m.partitions ?? emptyList, writeOffsetDeleteRequestPartition, v, false);
}

function writeOffsetDeleteRequestPartition(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
}
