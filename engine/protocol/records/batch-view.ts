/**
 * The header of a record batch of magic 2, read and written where it lies: every function takes the bytes and the
 * position of the batch's first byte. Nothing is checked here; that the header's 61 bytes are there is the caller's part.
 */
import type { Checksum } from '../../base/codec.ts';
import { batchAttributes, batchHeaderBytes, batchLayout, logOverheadBytes } from '../batch-layout.ts';
import {
  isSafeInt64,
  readBigInt64,
  readInt16,
  readInt32,
  readInt64,
  readUint32,
  writeInt16,
  writeInt32,
  writeInt64,
} from './big-endian.ts';

export const magicV2 = 2;
export const noProducerId = -1n;
export const noProducerEpoch = -1;
export const noSequence = -1;
export const noPartitionLeaderEpoch = -1;

/** A number; exact for every offset that this broker gives out. See `batchOffsetsAreSafe` for bytes of others. */
export function batchBaseOffset(bytes: Uint8Array, at: number): number {
  return readInt64(bytes, at + batchLayout.baseOffset);
}

/** Whether base and last offset are exact as numbers. */
export function batchOffsetsAreSafe(bytes: Uint8Array, at: number): boolean {
  return isSafeInt64(bytes, at + batchLayout.baseOffset) && Number.isSafeInteger(batchLastOffset(bytes, at) + 1);
}

/** Bytes after the 12 of the log overhead, as claimed. */
export function batchLength(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.batchLength);
}

/** Bytes of the whole batch, as claimed. */
export function batchSizeBytes(bytes: Uint8Array, at: number): number {
  return batchLength(bytes, at) + logOverheadBytes;
}

export function batchPartitionLeaderEpoch(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.partitionLeaderEpoch);
}

export function batchMagic(bytes: Uint8Array, at: number): number {
  return (bytes[at + batchLayout.magic] << 24) >> 24;
}

/** The stored checksum, unsigned. */
export function batchCrc(bytes: Uint8Array, at: number): number {
  return readUint32(bytes, at + batchLayout.crc);
}

export function batchAttributesOf(bytes: Uint8Array, at: number): number {
  return readInt16(bytes, at + batchLayout.attributes);
}

/** Number of the codec, 0-7; 5 to 7 are no codec. */
export function batchCodec(bytes: Uint8Array, at: number): number {
  return bytes[at + batchLayout.attributes + 1] & batchAttributes.codecMask;
}

export function batchIsLogAppendTime(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + batchLayout.attributes + 1] & batchAttributes.logAppendTime) !== 0;
}

export function batchIsTransactional(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + batchLayout.attributes + 1] & batchAttributes.transactional) !== 0;
}

export function batchIsControl(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + batchLayout.attributes + 1] & batchAttributes.control) !== 0;
}

/** The base timestamp holds the time after which a tombstone may go (KIP-534). */
export function batchHasDeleteHorizon(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + batchLayout.attributes + 1] & batchAttributes.deleteHorizon) !== 0;
}

export function batchLastOffsetDelta(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.lastOffsetDelta);
}

export function batchLastOffset(bytes: Uint8Array, at: number): number {
  return batchBaseOffset(bytes, at) + batchLastOffsetDelta(bytes, at);
}

export function batchNextOffset(bytes: Uint8Array, at: number): number {
  return batchLastOffset(bytes, at) + 1;
}

/** Milliseconds; exact within ±2^53. */
export function batchBaseTimestamp(bytes: Uint8Array, at: number): number {
  return readInt64(bytes, at + batchLayout.baseTimestamp);
}

/** Milliseconds; exact within ±2^53. -1 without records. */
export function batchMaxTimestamp(bytes: Uint8Array, at: number): number {
  return readInt64(bytes, at + batchLayout.maxTimestamp);
}

export function batchHasProducerId(bytes: Uint8Array, at: number): boolean {
  return bytes[at + batchLayout.producerId] < 0x80;
}

export function batchProducerId(bytes: Uint8Array, at: number): bigint {
  return readBigInt64(bytes, at + batchLayout.producerId);
}

/** The upper half of the producer id, signed: with `batchProducerIdLow` a key without a bigint. */
export function batchProducerIdHigh(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.producerId);
}

export function batchProducerIdLow(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.producerId + 4);
}

export function batchProducerEpoch(bytes: Uint8Array, at: number): number {
  return readInt16(bytes, at + batchLayout.producerEpoch);
}

export function batchBaseSequence(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.baseSequence);
}

/** The last record's sequence: sequences run from 0 to 2^31 - 1 and start again. -1 without sequences. */
export function batchLastSequence(bytes: Uint8Array, at: number): number {
  const base = batchBaseSequence(bytes, at);
  return base < 0 ? base : addSequence(base, batchLastOffsetDelta(bytes, at));
}

export function batchRecordCount(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + batchLayout.recordCount);
}

/** `sequence` + `increment`, both ≥ 0, where 2^31 - 1 is followed by 0. */
function addSequence(sequence: number, increment: number): number {
  const sum = sequence + increment;
  return sum > 0x7fff_ffff ? sum - 0x8000_0000 : sum;
}

export function setBatchBaseOffset(bytes: Uint8Array, at: number, offset: number): void {
  writeInt64(bytes, at + batchLayout.baseOffset, offset);
}

export function setBatchPartitionLeaderEpoch(bytes: Uint8Array, at: number, epoch: number): void {
  writeInt32(bytes, at + batchLayout.partitionLeaderEpoch, epoch);
}

/** Covered by the checksum: `sealBatch` afterwards. */
export function setBatchAttributes(bytes: Uint8Array, at: number, attributes: number): void {
  writeInt16(bytes, at + batchLayout.attributes, attributes);
}

/** Covered by the checksum: `sealBatch` afterwards. */
export function setBatchMaxTimestamp(bytes: Uint8Array, at: number, timestampMs: number): void {
  writeInt64(bytes, at + batchLayout.maxTimestamp, timestampMs);
}

function setBatchCrc(bytes: Uint8Array, at: number, crc: number): void {
  writeInt32(bytes, at + batchLayout.crc, crc);
}

/** The checksum that the batch should have. Its claimed size must be ≥ 61 and within the bytes. */
export function computeBatchCrc(bytes: Uint8Array, at: number, checksum: Checksum): number {
  return checksum.crc32c(bytes.subarray(at + batchLayout.attributes, at + batchSizeBytes(bytes, at)));
}

/** Writes the checksum that the batch should have. */
export function sealBatch(bytes: Uint8Array, at: number, checksum: Checksum): void {
  setBatchCrc(bytes, at, computeBatchCrc(bytes, at, checksum));
}

/** Whether size and checksum fit: the claimed size holds a header and lies within `end`, magic is 2, the sum agrees. */
export function isIntactBatch(bytes: Uint8Array, at: number, end: number, checksum: Checksum): boolean {
  if (end - at < batchHeaderBytes) return false;
  const size = batchSizeBytes(bytes, at);
  if (size < batchHeaderBytes || size > end - at || batchMagic(bytes, at) !== magicV2) return false;
  return computeBatchCrc(bytes, at, checksum) === batchCrc(bytes, at);
}
