import { type CompletedBatch, completeBatch } from '../../engine/log/validation/complete-batch.ts';
import type { ValidationConfig } from '../../engine/log/validation/validation-types.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';

export interface ValidateDeepTask {
  /** One batch, from its first byte: a copy, or a view of shared memory that stays as it is until the answer. */
  readonly batch: Uint8Array;
  readonly config: ValidationConfig;
  readonly nowMs: number;
}

/** Background job: checks a compressed batch too large for the shard, and recompresses it if its topic says so. */
export default function validateDeep(task: ValidateDeepTask): Promise<CompletedBatch> {
  return completeBatch(task.batch, task.config, task.nowMs, checksum, compression);
}
