/**
 * The checks of a batch that a client produced, as Apache's broker makes them, on the bytes where they lie; and some
 * that it leaves out: offsets inside the batch are dense, the delete horizon is the broker's own, every length is what
 * it says. Sequences and epochs of idempotent producers are checked by the partition, which knows them.
 */
import { type Checksum, compressionCodec } from '../../base/codec.ts';
import type { RecordWalk } from '../../base/record-walk.ts';
import { batchAttributes, batchHeaderBytes, batchLayout, logOverheadBytes } from '../../protocol/batch-layout.ts';
import { errorCode } from '../../protocol/errors.ts';
import * as view from '../../protocol/records/batch-view.ts';
import { isSafeInt64, readInt64 } from '../../protocol/records/big-endian.ts';
import { findRecordErrors, rejectClientAppendTime } from './record-errors.ts';
import type { ValidationConfig, ValidationResult, ValidationStatus } from './validation-types.ts';
import { plainRecordWalk } from './walk-records.ts';

const { CORRUPT_MESSAGE, INVALID_RECORD, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE } = errorCode;

/** The oldest message format's least size after the log overhead: less is no batch of any kind. */
const leastBatchLength = 14;

/** So many are walked sooner than a call into the native twin is made (0.05 us). */
const fewRecords = 8;

const refusedAttributes = batchAttributes.control | batchAttributes.deleteHorizon;

/**
 * Checks one partition's records of a Produce request (version 3 and later: one batch of magic 2) at `at`, `length`
 * bytes. Allocates nothing unless the batch is rejected.
 */
export function validateBatch(
  bytes: Uint8Array,
  at: number,
  length: number,
  config: ValidationConfig,
  checksum: Checksum,
  nowMs: number,
  out: ValidationResult,
  records: RecordWalk = plainRecordWalk,
): ValidationStatus {
  out.begin();
  if (checkFrame(bytes, at, length, out) || checkHeader(bytes, at, config, checksum, out)) return 'rejected';
  if (out.codec !== compressionCodec.none) return (out.status = 'needs-inflate');
  const start = at + batchHeaderBytes;
  return validateRecords(bytes, at, bytes, start, at + out.batchBytes, config, nowMs, out, records);
}

/**
 * Checks the inflated records of a batch for which `validateBatch` said `needs-inflate`; `out` is the result of that
 * call, or one begun anew with the batch's codec and size.
 */
export function validateInflated(
  bytes: Uint8Array,
  at: number,
  inflated: Uint8Array,
  config: ValidationConfig,
  nowMs: number,
  out: ValidationResult,
  records: RecordWalk = plainRecordWalk,
): ValidationStatus {
  return validateRecords(bytes, at, inflated, 0, inflated.length, config, nowMs, out, records);
}

/** What a Produce request must hold for a partition: answers true after rejecting. Sets `batchBytes`. */
function checkFrame(bytes: Uint8Array, at: number, length: number, out: ValidationResult): boolean {
  if (length < logOverheadBytes) return refuse(out, INVALID_RECORD, 'no batch');
  const claimed = view.batchLength(bytes, at);
  if (claimed < leastBatchLength) {
    return refuse(out, CORRUPT_MESSAGE, 'batch length', `a batch of ${claimed} bytes is smaller than any can be`);
  }
  if (length <= batchLayout.magic) return refuse(out, INVALID_RECORD, 'no batch');
  const magic = view.batchMagic(bytes, at);
  if (magic < 0 || magic > view.magicV2) {
    return refuse(out, CORRUPT_MESSAGE, 'magic', `there is no record format of magic ${magic}`);
  }
  const size = claimed + logOverheadBytes;
  if (size > length) return refuse(out, INVALID_RECORD, 'batch cut short');
  if (magic !== view.magicV2) return refuse(out, INVALID_RECORD, 'magic');
  if (size < batchHeaderBytes) return refuse(out, CORRUPT_MESSAGE, 'batch smaller than its header');
  out.batchBytes = size;
  return size < length && checkTail(bytes, at + size, length - size, out);
}

/** Bytes behind the batch: a piece of another is dropped, a whole one or rubbish is not. */
function checkTail(bytes: Uint8Array, at: number, length: number, out: ValidationResult): boolean {
  if (length < logOverheadBytes) return false;
  const claimed = view.batchLength(bytes, at);
  if (claimed < leastBatchLength) return refuse(out, CORRUPT_MESSAGE, 'length of a second batch');
  if (length <= batchLayout.magic) return false;
  const magic = view.batchMagic(bytes, at);
  if (magic < 0 || magic > view.magicV2) return refuse(out, CORRUPT_MESSAGE, 'magic of a second batch');
  return claimed + logOverheadBytes <= length && refuse(out, INVALID_RECORD, 'more than one batch');
}

/** Header and checksum of a batch whose bytes are all there: answers true after rejecting. */
function checkHeader(
  bytes: Uint8Array,
  at: number,
  config: ValidationConfig,
  checksum: Checksum,
  out: ValidationResult,
): boolean {
  if (view.batchBaseOffset(bytes, at) !== 0) return refuse(out, INVALID_RECORD, 'base offset');
  if (out.batchBytes > config.maxMessageBytes) return refuse(out, MESSAGE_TOO_LARGE, 'max.message.bytes');
  if (view.computeBatchCrc(bytes, at, checksum) !== view.batchCrc(bytes, at))
    return refuse(out, CORRUPT_MESSAGE, 'crc');
  const count = view.batchRecordCount(bytes, at);
  const lastOffsetDelta = view.batchLastOffsetDelta(bytes, at);
  if (count <= 0) return refuse(out, INVALID_RECORD, 'record count');
  if (lastOffsetDelta !== count - 1) return refuse(out, INVALID_RECORD, 'last offset delta');
  out.recordCount = count;
  const attributes = view.batchAttributesOf(bytes, at);
  if ((attributes & refusedAttributes) !== 0) return refuse(out, INVALID_RECORD, 'control or delete horizon');
  out.codec = attributes & batchAttributes.codecMask;
  if (out.codec > compressionCodec.zstd) return refuse(out, INVALID_RECORD, 'codec');
  if (view.batchHasProducerId(bytes, at) && view.batchBaseSequence(bytes, at) < 0) {
    return refuse(out, INVALID_RECORD, 'producer id without sequence');
  }
  if (config.isLogAppendTime && (attributes & batchAttributes.logAppendTime) !== 0) {
    return rejectAppendTime(count, bytes.length, out);
  }
  if (!isSafeInt64(bytes, at + batchLayout.baseTimestamp)) return refuse(out, INVALID_TIMESTAMP, 'base timestamp');
  const isStaying = config.targetCodec === null || config.targetCodec === out.codec;
  return isStaying && out.batchBytes > config.segmentBytes && refuse(out, RECORD_LIST_TOO_LARGE, 'segment.bytes');
}

/** One error a record, but never more records than bytes could hold. */
function rejectAppendTime(count: number, bytesThere: number, out: ValidationResult): boolean {
  if (count > bytesThere) return refuse(out, INVALID_RECORD, 'record count');
  rejectClientAppendTime(count, out);
  return true;
}

/** The records themselves, uncompressed, `start` to `end` of `area`; the header lies at `at` of `bytes`. */
function validateRecords(
  bytes: Uint8Array,
  at: number,
  area: Uint8Array,
  start: number,
  end: number,
  config: ValidationConfig,
  nowMs: number,
  out: ValidationResult,
  records: RecordWalk,
): ValidationStatus {
  const walk = out.recordCount < fewRecords ? plainRecordWalk : records;
  const fault = walk.walk(area, start, end, out.recordCount);
  if (fault !== null) return out.reject(INVALID_RECORD, fault);
  const { walked } = walk;
  const baseTimestamp = view.batchBaseTimestamp(bytes, at);
  const latest = baseTimestamp + walked.maxTimestampDelta;
  const offends =
    (config.isCompacted && walked.nullKeys > 0) ||
    (!config.isLogAppendTime &&
      (latest > nowMs + config.timestampAfterMaxMs ||
        baseTimestamp + walked.minTimestampDelta < nowMs - config.timestampBeforeMaxMs ||
        !isSafeRange(baseTimestamp, walked.minTimestampDelta, walked.maxTimestampDelta)));
  if (offends && findRecordErrors(bytes, at, area, start, end, baseTimestamp, config, nowMs, out)) return 'rejected';
  out.maxTimestampMs = config.isLogAppendTime ? nowMs : latest;
  out.needsSeal =
    config.isLogAppendTime ||
    view.batchIsLogAppendTime(bytes, at) ||
    readInt64(bytes, at + batchLayout.maxTimestamp) !== latest;
  const isKept = config.targetCodec === null || config.targetCodec === out.codec;
  return (out.status = isKept ? 'ok' : 'needs-recompress');
}

/** Beyond ±2^53 milliseconds (the year 287,396) a timestamp is not exact as a number, and is refused. */
function isSafeRange(base: number, minDelta: number, maxDelta: number): boolean {
  return Number.isSafeInteger(base + minDelta) && Number.isSafeInteger(base + maxDelta);
}

function refuse(out: ValidationResult, errorCode: number, reason: string, errorMessage: string | null = null): true {
  out.reject(errorCode, reason, errorMessage);
  return true;
}
