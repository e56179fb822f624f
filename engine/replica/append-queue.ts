import { batchLimits } from '../base/limits.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { ProducerVerdict } from '../log/producer-state.ts';
import { assignOffsets } from '../log/validation/assign-offsets.ts';
import { type CompletedBatch, takeCompleted } from '../log/validation/complete-batch.ts';
import { validateSmallInflated } from '../log/validation/inflate-batch.ts';
import { validateBatch } from '../log/validation/validate-batch.ts';
import { type ValidationConfig, ValidationResult, type ValidationStatus } from '../log/validation/validation-types.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Append } from './append.ts';
import type { ReplicaHost } from './host.ts';

/** What the queue needs of its partition. */
export interface AppendTarget {
  readonly log: PartitionLog;
  readonly leaderEpoch: number;
  readonly validation: ValidationConfig;
  /** 0 when a batch may be appended now, else the error code of the answer. */
  mayAppend(append: Append): number;
  /** A batch was staged. */
  countAppended(bytes: number, records: number): void;
  /** A write of staged batches ended; those that succeeded are in the log. */
  written(appends: readonly Append[], errorCode: number): void;
}

/** One result serves all partitions of a thread: it is read before the next validation begins. */
const result = new ValidationResult();

/** By this thread, since it last submitted something: a turn is not to be held up by one request of many batches. */
let inflatedBytes = 0;

/**
 * The batches of one partition on their way into its log, in the order in which they came. While the first is away
 * (its records inflated or recompressed in the background), the others wait; other partitions go on.
 */
export class AppendQueue {
  private readonly target: AppendTarget;
  private readonly host: ReplicaHost;
  private readonly waiting: Append[] = [];
  private isAway = false;
  private staged: Append[] = [];

  constructor(target: AppendTarget, host: ReplicaHost) {
    this.target = target;
    this.host = host;
  }

  /** No batch is away, waits, or is staged and not yet handed to the log. */
  get isIdle(): boolean {
    return !this.isAway && this.waiting.length === 0 && this.staged.length === 0;
  }

  push(append: Append): void {
    if (this.isAway) this.waiting.push(append);
    else this.take(append);
  }

  /** One gathered write for everything that was staged in this turn. */
  submit(): void {
    inflatedBytes = 0;
    const appends = this.staged;
    if (appends.length === 0) return;
    this.staged = [];
    this.target.log.submit((error) => {
      this.target.written(appends, error === null ? 0 : errorCode.KAFKA_STORAGE_ERROR);
    });
  }

  private take(append: Append): void {
    const refused = this.target.mayAppend(append);
    if (refused !== 0) {
      append.fail(refused);
      return;
    }
    const nowMs = this.host.clock.wallMs();
    const status = this.validate(append, nowMs);
    if (status === 'ok') this.stage(append);
    else if (status === 'rejected') this.reject(append, result.errorCode, result.errorMessage, result.recordErrors);
    else this.sendAway(append, nowMs);
  }

  /** A check that throws has changed nothing: it costs its batch, and not the shard. */
  private validate({ bytes, from, length }: Append, nowMs: number): ValidationStatus {
    const { validation } = this.target;
    const { checksum, compression, recordWalk, logger } = this.host;
    try {
      const status = validateBatch(bytes, from, length, validation, checksum, nowMs, result, recordWalk);
      if (status !== 'needs-inflate' || inflatedBytes >= batchLimits.inflatedBytesPerTurn) return status;
      const inflated = validateSmallInflated(bytes, from, validation, compression, nowMs, result, recordWalk);
      inflatedBytes += result.inflatedBytes;
      return inflated;
    } catch (error) {
      logger.error({ err: error, partition: validation.topicPartition }, 'the check of a batch failed unexpectedly');
      return result.reject(errorCode.UNKNOWN_SERVER_ERROR, 'the check failed', 'The batch could not be checked.');
    }
  }

  private sendAway(append: Append, nowMs: number): void {
    this.isAway = true;
    const batch = append.bytes.subarray(append.from, append.from + append.length);
    this.host.jobs.checkCompressed(batch, this.target.validation, nowMs, (outcome) => {
      this.isAway = false;
      this.comeBack(append, outcome);
      while (!this.isAway && this.waiting.length > 0) this.take(this.waiting.shift()!);
    });
  }

  private comeBack(append: Append, outcome: CompletedBatch): void {
    if (outcome.status === 'rejected') {
      this.reject(append, outcome.errorCode, outcome.errorMessage, outcome.recordErrors);
      return;
    }
    const refused = this.target.mayAppend(append);
    if (refused !== 0) {
      append.fail(refused);
      return;
    }
    if (outcome.replacement !== null) {
      append.bytes = outcome.replacement;
      append.from = 0;
      append.length = outcome.replacement.length;
    }
    takeCompleted(outcome, result);
    this.stage(append);
  }

  /** Gives the validated batch its offsets where it lies, unless its producer's sequence forbids. */
  private stage(append: Append): void {
    const { log, leaderEpoch, validation } = this.target;
    const { bytes, from } = append;
    const batchBytes = result.batchBytes;
    append.recordCount = result.recordCount;
    append.logAppendTimeMs = validation.isLogAppendTime ? result.maxTimestampMs : -1;
    const verdict = log.checkProducer(bytes, from, 'client');
    if (verdict === 'duplicate') {
      this.answerDuplicate(append);
      return;
    }
    if (verdict !== 'ok') {
      append.fail(verdictCode[verdict]);
      return;
    }
    append.baseOffset = log.nextOffset;
    append.endOffset = append.baseOffset + result.recordCount;
    assignOffsets(bytes, from, append.baseOffset, leaderEpoch, result, validation, this.host.checksum);
    log.stage(bytes, from, batchBytes);
    this.enterStaged(append);
    this.target.countAppended(batchBytes, result.recordCount);
  }

  /** A batch that is in the log, or staged: its answer waits for the write that it may still be part of. */
  private answerDuplicate(append: Append): void {
    const { producers } = this.target.log;
    append.baseOffset = producers.duplicateBaseOffset;
    append.endOffset = producers.duplicateLastOffset + 1;
    append.logAppendTimeMs = producers.duplicateTimestampMs;
    this.enterStaged(append);
  }

  private enterStaged(append: Append): void {
    if (this.staged.length === 0) this.host.needsSubmit(this);
    this.staged.push(append);
  }

  private reject(
    append: Append,
    code: number,
    message: string | null,
    recordErrors: readonly { readonly batchIndex: number; readonly message: string }[],
  ): void {
    append.fail(code, message === null && recordErrors.length === 0 ? undefined : { message, recordErrors });
  }
}

const verdictCode: Readonly<Record<Exclude<ProducerVerdict, 'ok' | 'duplicate'>, number>> = {
  'out-of-order-sequence-number': errorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
  'invalid-producer-epoch': errorCode.INVALID_PRODUCER_EPOCH,
  'invalid-txn-state': errorCode.INVALID_TXN_STATE,
  'transaction-coordinator-fenced': errorCode.TRANSACTION_COORDINATOR_FENCED,
};
