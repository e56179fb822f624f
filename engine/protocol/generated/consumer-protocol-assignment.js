// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const lowestVersion = 0;
export const highestVersion = 3;
export { decodeConsumerProtocolAssignment as decode, encodeConsumerProtocolAssignment as encode };

export function decodeConsumerProtocolAssignment(r, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('ConsumerProtocolAssignment', v);
  return {
    assignedPartitions: r.list(readTopicPartition, v, false, 6),
    userData: r.nullableBytes(false),
  };
}

function readTopicPartition(r, v) {
  return {
    topic: r.string(false),
    partitions: r.list(readInt32, v, false, 4),
  };
}

export function encodeConsumerProtocolAssignment(w, m, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('ConsumerProtocolAssignment', v);
  w.list(m.assignedPartitions ?? emptyList, writeTopicPartition, v, false);
  w.nullableBytes(m.userData ?? null, false);
}

function writeTopicPartition(w, m, v) {
  w.string(m.topic ?? '', false);
  w.list(m.partitions ?? emptyList, writeInt32, v, false);
}
