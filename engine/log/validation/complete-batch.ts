/** What a background job does for a batch: inflating what is large, checking it, and recompressing it. */
import {
  type Checksum,
  type Compression,
  type CompressionCodec,
  CompressionError,
  compressionCodec,
} from '../../base/codec.ts';
import { batchLimits } from '../../base/limits.ts';
import { batchAttributes, batchHeaderBytes, batchLayout, logOverheadBytes } from '../../protocol/batch-layout.ts';
import { errorCode } from '../../protocol/errors.ts';
import * as view from '../../protocol/records/batch-view.ts';
import { writeInt32 } from '../../protocol/records/big-endian.ts';
import { rejectInflating } from './inflate-batch.ts';
import { validateBatch, validateInflated } from './validate-batch.ts';
import { type RecordError, type ValidationConfig, ValidationResult } from './validation-types.ts';

/** The end of a batch's validation, as plain data that crosses threads. */
export interface CompletedBatch {
  /** The batch to append instead of the one that came; null when that one stays. */
  readonly replacement: Uint8Array | null;
  readonly status: 'ok' | 'rejected';
  readonly batchBytes: number;
  readonly recordCount: number;
  readonly maxTimestampMs: number;
  readonly needsSeal: boolean;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly recordErrors: readonly RecordError[];
  readonly reason: string;
}

/**
 * Everything from the checksum to the recompressed batch, for one batch of which `validateBatch` or
 * `validateSmallInflated` said `needs-inflate` or `needs-recompress`. `batch` begins at its first byte.
 */
export async function completeBatch(
  batch: Uint8Array,
  config: ValidationConfig,
  nowMs: number,
  checksum: Checksum,
  compression: Compression,
): Promise<CompletedBatch> {
  const out = new ValidationResult();
  let replacement: Uint8Array | null = null;
  try {
    replacement = await complete(batch, config, nowMs, checksum, compression, out);
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error;
    rejectInflating(error, out);
  }
  return {
    replacement,
    status: out.status === 'ok' ? 'ok' : 'rejected',
    batchBytes: out.batchBytes,
    recordCount: out.recordCount,
    maxTimestampMs: out.maxTimestampMs,
    needsSeal: out.needsSeal,
    errorCode: out.errorCode,
    errorMessage: out.errorMessage,
    recordErrors: out.recordErrors,
    reason: out.reason,
  };
}

/** Puts the outcome of a background job into the result that the shard goes on with. */
export function takeCompleted(completed: CompletedBatch, out: ValidationResult): void {
  out.begin();
  out.status = completed.status;
  out.batchBytes = completed.batchBytes;
  out.recordCount = completed.recordCount;
  out.maxTimestampMs = completed.maxTimestampMs;
  out.needsSeal = completed.needsSeal;
  out.errorCode = completed.errorCode;
  out.errorMessage = completed.errorMessage;
  out.recordErrors = completed.recordErrors;
  out.reason = completed.reason;
}

/** Answers the replacement, or null when there is none; `out.status` is `ok` or `rejected`. */
async function complete(
  batch: Uint8Array,
  config: ValidationConfig,
  nowMs: number,
  checksum: Checksum,
  compression: Compression,
  out: ValidationResult,
): Promise<Uint8Array | null> {
  let status = validateBatch(batch, 0, batch.length, config, checksum, nowMs, out);
  let records = batch.subarray(batchHeaderBytes, out.batchBytes);
  if (status === 'needs-inflate') {
    records = compression.decompress(out.codec as CompressionCodec, records, batchLimits.inflatedBytes);
    status = validateInflated(batch, 0, records, config, nowMs, out);
  }
  if (status !== 'needs-recompress' || config.targetCodec === null) return null;
  const replacement = await compressRecords(
    batch,
    records,
    config.targetCodec,
    config.targetLevel,
    checksum,
    compression,
  );
  out.batchBytes = replacement.length;
  if (replacement.length > config.maxMessageBytes) {
    out.reject(errorCode.MESSAGE_TOO_LARGE, 'max.message.bytes after recompression');
    return null;
  }
  if (replacement.length > config.segmentBytes) {
    out.reject(errorCode.RECORD_LIST_TOO_LARGE, 'segment.bytes after recompression');
    return null;
  }
  out.status = 'ok';
  return replacement;
}

/** The batch with its records under another codec. The records keep their bytes. Throws CompressionError. */
async function compressRecords(
  header: Uint8Array,
  records: Uint8Array,
  codec: CompressionCodec,
  level: number | undefined,
  checksum: Checksum,
  compression: Compression,
): Promise<Uint8Array> {
  const deflated = codec === compressionCodec.none ? records : await compression.compress(codec, records, level);
  const made = new Uint8Array(batchHeaderBytes + deflated.length);
  made.set(header.subarray(0, batchHeaderBytes));
  made.set(deflated, batchHeaderBytes);
  writeInt32(made, batchLayout.batchLength, made.length - logOverheadBytes);
  view.setBatchAttributes(made, 0, (view.batchAttributesOf(made, 0) & ~batchAttributes.codecMask) | codec);
  view.sealBatch(made, 0, checksum);
  return made;
}
