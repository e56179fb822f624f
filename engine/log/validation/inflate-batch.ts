import { type Compression, type CompressionCodec, CompressionError } from '../../base/codec.ts';
import { batchLimits } from '../../base/limits.ts';
import type { RecordWalk } from '../../base/record-walk.ts';
import { batchHeaderBytes } from '../../protocol/batch-layout.ts';
import { errorCode } from '../../protocol/errors.ts';
import { validateInflated } from './validate-batch.ts';
import type { ValidationConfig, ValidationResult, ValidationStatus } from './validation-types.ts';

/**
 * Goes on where `validateBatch` said `needs-inflate`, with the same `out`: batches that inflate to little are checked
 * here and now. Still `needs-inflate` means that the batch is too large for that and is to be checked by `completeBatch`
 * in the background. No claim of the batch is trusted: a small one is inflated until it turns out to be large.
 */
export function validateSmallInflated(
  bytes: Uint8Array,
  at: number,
  config: ValidationConfig,
  compression: Compression,
  nowMs: number,
  out: ValidationResult,
  walk?: RecordWalk,
): ValidationStatus {
  if (out.batchBytes > batchLimits.nativeInlineInflateBytes) return out.status;
  const deflated = bytes.subarray(at + batchHeaderBytes, at + out.batchBytes);
  let inflated: Uint8Array;
  try {
    inflated = compression.decompressBriefly(out.codec as CompressionCodec, deflated);
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error;
    return error.reason === 'too-large' ? out.status : rejectInflating(error, out);
  }
  out.inflatedBytes = inflated.length;
  return validateInflated(bytes, at, inflated, config, nowMs, out, walk);
}

/** Rejects a batch whose records can't be inflated, or not within the limit. */
export function rejectInflating(error: CompressionError, out: ValidationResult): ValidationStatus {
  const isTooLarge = error.reason === 'too-large';
  return out.reject(isTooLarge ? errorCode.MESSAGE_TOO_LARGE : errorCode.INVALID_RECORD, error.message);
}
