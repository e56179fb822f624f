import type { CompressionCodec } from '../../base/codec.ts';

/** What a partition's topic and broker ask of produced batches. Made anew when a configuration changes. */
export interface ValidationConfig {
  /** `topic-partition`, for messages. */
  readonly topicPartition: string;
  /** `max.message.bytes` */
  readonly maxMessageBytes: number;
  /** `segment.bytes`: a batch must fit into one segment. */
  readonly segmentBytes: number;
  /** `cleanup.policy` holds `compact`: every record needs a key. */
  readonly isCompacted: boolean;
  /** `message.timestamp.type` is LogAppendTime. */
  readonly isLogAppendTime: boolean;
  /** `message.timestamp.before.max.ms`; exact or rounded, as the largest int64 is. */
  readonly timestampBeforeMaxMs: number;
  /** `message.timestamp.after.max.ms` */
  readonly timestampAfterMaxMs: number;
  /** `compression.type` as a codec; null for `producer`: whatever comes is kept. */
  readonly targetCodec: CompressionCodec | null;
  /** The level of `compression.<codec>.level` for `targetCodec`; undefined for the codec's own. */
  readonly targetLevel: number | undefined;
}

/**
 * - `ok`: append the bytes; `assignOffsets` writes what the broker adds.
 * - `needs-inflate`: header and checksum are good, the records are compressed and yet to be checked.
 * - `needs-recompress`: the records are good, but the topic wants another codec.
 * - `rejected`: `errorCode`, `errorMessage` and `recordErrors` are the answer.
 */
export type ValidationStatus = 'ok' | 'needs-inflate' | 'needs-recompress' | 'rejected';

export interface RecordError {
  /** Index of the record in its batch. */
  readonly batchIndex: number;
  readonly message: string;
}

const noErrors: readonly RecordError[] = [];

/** One is enough for a thread: every validation fills it anew, and nothing is allocated unless a batch is rejected. */
export class ValidationResult {
  status: ValidationStatus = 'rejected';
  /** Size of the batch. Bytes behind it, which were not a whole batch, are not to be appended. */
  batchBytes = 0;
  recordCount = 0;
  /** Largest timestamp of the records; the time of appending where the topic asks for it. */
  maxTimestampMs = -1;
  /** Codec of the bytes as they came. */
  codec = 0;
  /** Of its records, where they were inflated on this thread. */
  inflatedBytes = 0;
  /** Header fields under the checksum have to be written anew. */
  needsSeal = false;
  errorCode = 0;
  /** For the answer; null where Apache's broker says nothing either. */
  errorMessage: string | null = null;
  recordErrors: readonly RecordError[] = noErrors;
  /** What was wrong, for our own log and tests; never sent. */
  reason = '';

  begin(): void {
    this.status = 'rejected';
    this.batchBytes = 0;
    this.recordCount = 0;
    this.maxTimestampMs = -1;
    this.codec = 0;
    this.inflatedBytes = 0;
    this.needsSeal = false;
    this.errorCode = 0;
    this.errorMessage = null;
    this.recordErrors = noErrors;
    this.reason = '';
  }

  reject(errorCode: number, reason: string, errorMessage: string | null = null): ValidationStatus {
    this.status = 'rejected';
    this.errorCode = errorCode;
    this.reason = reason;
    this.errorMessage = errorMessage;
    return 'rejected';
  }
}
