/** The second look at a batch that offends: which records, and what to say of them. Off the hot path. */

import { errorCode } from '../../protocol/errors.ts';
import { RecordCursor } from '../../protocol/records/record-cursor.ts';
import type { RecordError, ValidationConfig, ValidationResult } from './validation-types.ts';

/** A producer that gives no time sends this one; it is never out of range. */
const noTimestamp = -1;

/**
 * Fills `out` with the errors of single records, if there are any, and answers whether there are. `records` from
 * `start` to `end` have passed the walk; `baseTimestamp` is the batch's.
 */
export function findRecordErrors(
  header: Uint8Array,
  headerAt: number,
  records: Uint8Array,
  start: number,
  end: number,
  baseTimestamp: number,
  config: ValidationConfig,
  nowMs: number,
  out: ValidationResult,
): boolean {
  const errors: RecordError[] = [];
  let offendsTime = false;
  const earliest = nowMs - config.timestampBeforeMaxMs;
  const latest = nowMs + config.timestampAfterMaxMs;
  const cursor = new RecordCursor();
  cursor.openRecords(header, headerAt, records, start, end);
  while (cursor.next()) {
    if (config.isCompacted && cursor.keyLength < 0) {
      const message = `${config.topicPartition} is compacted and takes no record without a key`;
      errors.push({ batchIndex: cursor.index, message });
      continue;
    }
    if (config.isLogAppendTime) continue;
    const timestampMs = baseTimestamp + cursor.timestampDelta;
    if (timestampMs === noTimestamp) continue;
    if (timestampMs < earliest || timestampMs > latest || !Number.isSafeInteger(timestampMs)) {
      offendsTime = true;
      const range = `${wholeMs(earliest)} to ${wholeMs(latest)}`;
      const message = `timestamp ${wholeMs(timestampMs)} of record ${cursor.index} is outside of ${range}`;
      errors.push({ batchIndex: cursor.index, message });
    }
  }
  if (errors.length === 0) return false;
  rejectRecords(errors, offendsTime ? errorCode.INVALID_TIMESTAMP : errorCode.INVALID_RECORD, out);
  return true;
}

/** In all its digits; a bound that is not set is infinite, and shown as the int64 that it is set to. */
function wholeMs(ms: number): string {
  if (Number.isFinite(ms)) return String(BigInt(Math.round(ms)));
  return ms < 0 ? '-9223372036854775808' : '9223372036854775807';
}

/** Every record of a batch that claims the broker's kind of time on a topic that has it. */
export function rejectClientAppendTime(recordCount: number, out: ValidationResult): void {
  const message = 'a producer must not say that its timestamps are of type LogAppendTime';
  const errors = Array.from({ length: recordCount }, (_, batchIndex) => ({ batchIndex, message }));
  rejectRecords(errors, errorCode.INVALID_TIMESTAMP, out);
}

function rejectRecords(errors: readonly RecordError[], code: number, out: ValidationResult): void {
  const { length } = errors;
  const summary = `${length} of the batch's records ${length === 1 ? 'is' : 'are'} refused: record ${errors[0].batchIndex}: ${errors[0].message}`;
  out.reject(code, 'record errors', summary);
  out.recordErrors = errors;
}
