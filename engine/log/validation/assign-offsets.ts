import type { Checksum } from '../../base/codec.ts';
import { batchAttributes } from '../../protocol/batch-layout.ts';
import * as view from '../../protocol/records/batch-view.ts';
import type { ValidationConfig, ValidationResult } from './validation-types.ts';

/**
 * Writes what the broker adds to an accepted batch, where it lies: base offset, leader epoch, and the kind and maximum
 * of its timestamps where they differ from what came. Only the latter are under the checksum, which is then made anew.
 * `validated` is the result with which the batch was accepted.
 */
export function assignOffsets(
  bytes: Uint8Array,
  at: number,
  baseOffset: number,
  leaderEpoch: number,
  validated: ValidationResult,
  config: ValidationConfig,
  checksum: Checksum,
): void {
  view.setBatchBaseOffset(bytes, at, baseOffset);
  view.setBatchPartitionLeaderEpoch(bytes, at, leaderEpoch);
  if (!validated.needsSeal) return;
  const attributes = view.batchAttributesOf(bytes, at) & ~batchAttributes.logAppendTime;
  view.setBatchAttributes(bytes, at, config.isLogAppendTime ? attributes | batchAttributes.logAppendTime : attributes);
  view.setBatchMaxTimestamp(bytes, at, validated.maxTimestampMs);
  view.sealBatch(bytes, at, checksum);
}
