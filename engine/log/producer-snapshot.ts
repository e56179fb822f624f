import type { Checksum } from '../base/codec.ts';
import {
  readInt16,
  readInt32,
  readInt64,
  readUint32,
  writeInt16,
  writeInt32,
  writeInt64,
} from '../protocol/records/big-endian.ts';
import { ProducerEntry } from './producer-entry.ts';
import { type ProducerKey, readProducerKey, writeProducerKey } from './producer-key.ts';

const version = 1;
const at = { version: 0, crc: 2, count: 6, entries: 10 } as const;
const entryBytes = 46;

/** Size of a snapshot of `count` producers. */
function producerSnapshotBytes(count: number): number {
  return at.entries + count * entryBytes;
}

/**
 * `.snapshot`: (version int16 = 1, crc-32c uint32 of what follows it, count int32) and for each producer (id int64, epoch
 * int16, last sequence int32, last offset int64, offset delta int32, timestamp int64, coordinator epoch int32, first
 * offset of the open transaction int64).
 */
export function encodeProducerSnapshot(
  producers: ReadonlyMap<ProducerKey, ProducerEntry>,
  checksum: Checksum,
): Uint8Array {
  const bytes = new Uint8Array(producerSnapshotBytes(producers.size));
  writeInt16(bytes, at.version, version);
  writeInt32(bytes, at.count, producers.size);
  let start = at.entries;
  for (const [producerId, entry] of producers) {
    writeProducerKey(bytes, start, producerId);
    writeInt16(bytes, start + 8, entry.epoch);
    writeInt32(bytes, start + 10, entry.lastSequence);
    writeInt64(bytes, start + 14, entry.lastOffset);
    writeInt32(bytes, start + 22, entry.lastOffsetDelta);
    writeInt64(bytes, start + 26, entry.lastTimestampMs);
    writeInt32(bytes, start + 34, entry.coordinatorEpoch);
    writeInt64(bytes, start + 38, entry.currentTxnFirstOffset);
    start += entryBytes;
  }
  writeInt32(bytes, at.crc, checksum.crc32c(bytes.subarray(at.count)));
  return bytes;
}

/** Null when the bytes are not a snapshot, or its checksum is not right. */
export function decodeProducerSnapshot(bytes: Uint8Array, checksum: Checksum): Map<ProducerKey, ProducerEntry> | null {
  if (bytes.length < at.entries || readInt16(bytes, at.version) !== version) return null;
  const count = readInt32(bytes, at.count);
  if (count < 0 || producerSnapshotBytes(count) !== bytes.length) return null;
  if (checksum.crc32c(bytes.subarray(at.count)) !== readUint32(bytes, at.crc)) return null;
  const producers = new Map<ProducerKey, ProducerEntry>();
  for (let start = at.entries; start < bytes.length; start += entryBytes) {
    const entry = new ProducerEntry();
    const epoch = readInt16(bytes, start + 8);
    const lastSequence = readInt32(bytes, start + 10);
    const lastOffset = readInt64(bytes, start + 14);
    const timestampMs = readInt64(bytes, start + 26);
    if (lastOffset >= 0) entry.addBatch(epoch, lastSequence, lastOffset, readInt32(bytes, start + 22), timestampMs);
    entry.setEpoch(epoch);
    entry.lastTimestampMs = timestampMs;
    entry.coordinatorEpoch = readInt32(bytes, start + 34);
    entry.currentTxnFirstOffset = readInt64(bytes, start + 38);
    producers.set(readProducerKey(bytes, start), entry);
  }
  return producers;
}
