import type { Checksum } from '../base/codec.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { batchHeaderBytes, batchLayout } from '../protocol/batch-layout.ts';
import {
  batchBaseOffset,
  batchCrc,
  batchLastOffset,
  batchLastOffsetDelta,
  batchOffsetsAreSafe,
} from '../protocol/records/batch-view.ts';

/** Whether the batch is whole, and comes after all that `log` has. */
export function isSoundBatch(
  log: PartitionLog,
  checksum: Checksum,
  bytes: Uint8Array,
  at: number,
  sizeBytes: number,
): boolean {
  const crc = checksum.crc32c(bytes.subarray(at + batchLayout.attributes, at + sizeBytes));
  if (crc !== batchCrc(bytes, at) || !batchOffsetsAreSafe(bytes, at)) return false;
  return batchLastOffsetDelta(bytes, at) >= 0 && batchBaseOffset(bytes, at) >= log.nextOffset;
}

/**
 * The log that is copied may begin within a batch: a copy that is empty begins with that batch then. Answers where that
 * is; -1: it does not.
 */
export function beginsBefore(log: PartitionLog, records: Uint8Array): number {
  if (log.logEndOffset !== log.logStartOffset || records.length < batchHeaderBytes) return -1;
  const baseOffset = batchBaseOffset(records, 0);
  const isAround = baseOffset < log.nextOffset && batchLastOffset(records, 0) >= log.nextOffset;
  return isAround && baseOffset >= 0 && batchOffsetsAreSafe(records, 0) ? baseOffset : -1;
}

/**
 * Where a copy has to be cut, as far as it can tell, when what it is a copy of answers that its epochs up to
 * `epoch` end at `endOffset`: it may not know that epoch, and then what follows the one before it goes.
 */
export function agreedEnd(copy: PartitionLog, epoch: number, endOffset: number): number {
  const own = copy.endOffsetFor(epoch);
  const isShared = own.epoch === epoch || own.endOffset < 0;
  if (!isShared) return own.endOffset;
  return own.endOffset < 0 ? endOffset : Math.min(own.endOffset, endOffset);
}
