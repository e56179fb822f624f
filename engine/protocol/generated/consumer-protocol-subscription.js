// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32, readString } from '../reader.ts';
import { emptyList } from '../types.ts';
import { writeInt32, writeString } from '../writer.ts';

export const lowestVersion = 0;
export const highestVersion = 3;
export { decodeConsumerProtocolSubscription as decode, encodeConsumerProtocolSubscription as encode };

export function decodeConsumerProtocolSubscription(r, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('ConsumerProtocolSubscription', v);
  return {
    topics: r.list(readString, v, false, 1),
    userData: r.nullableBytes(false),
    ownedPartitions: v >= 1 ? r.list(readTopicPartition, v, false, 6) : [],
    generationId: v >= 2 ? r.int32() : -1,
    rackId: v >= 3 ? r.nullableString(false) : null,
  };
}

function readTopicPartition(r, v) {
  return {
    topic: r.string(false),
    partitions: r.list(readInt32, v, false, 4),
  };
}

export function encodeConsumerProtocolSubscription(w, m, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('ConsumerProtocolSubscription', v);
  w.list(m.topics ?? emptyList, writeString, v, false);
  w.nullableBytes(m.userData ?? null, false);
  if (v >= 1) { w.list(m.ownedPartitions ?? emptyList, writeTopicPartition, v, false); }
  if (v >= 2) { w.int32(m.generationId ?? -1); }
  if (v >= 3) { w.nullableString(m.rackId ?? null, false); }
}

function writeTopicPartition(w, m, v) {
  w.string(m.topic ?? '', false);
  w.list(m.partitions ?? emptyList, writeInt32, v, false);
}
