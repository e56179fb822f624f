import { collectAborted } from './aborted-transactions.ts';
import { Appender } from './appender.ts';
import { closeLog, retireDirectory } from './close.ts';
import type { CleaningJobs, CleaningReport, CleaningSettings } from './compaction/cleaning-request.ts';
import { type CleaningPlan, planCleaning } from './compaction/plan-cleaning.ts';
import { runCleaning } from './compaction/run-cleaning.ts';
import type { LogConfig } from './config.ts';
import { Flusher } from './flusher.ts';
import type { EpochEndOffset } from './leader-epochs.ts';
import { type Finished, type LogDone, LogError, type LogFailure } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { lookUpOffset, type OffsetAndTimestamp } from './offset-lookup.ts';
import { makePartitionDirectory } from './partition-metadata.ts';
import type { AppendOrigin, ProducerState, ProducerVerdict } from './producer-state.ts';
import { LogReader, type ReadLocation, type ReadResult } from './reader.ts';
import { advanceLogStart, deleteOldSegments, retentionDueMs } from './retention.ts';
import { keepUp, renameDirectory, takeOver } from './take-over.ts';
import type { AbortedTransaction } from './transaction-index.ts';
import { truncateLog, truncateWholeLog } from './truncation.ts';

/** More replacements than that are not met by one look-up. */
const mostTries = 4;

/**
 * One partition's log. All calls are on the thread that owns it; what needs the disk ends in a callback, which may come
 * before the call returns. Made by `openLog`.
 *
 * An append: `checkProducer`, write `nextOffset` and the leader epoch into the batch, `stage`; at the end of the turn
 * `submit`. The staged memory must stay as it is until `submit`'s callback, and is not referred to afterwards.
 */
export class PartitionLog {
  readonly #state: LogState;
  readonly #flusher: Flusher;
  readonly #appender: Appender;
  readonly #reader: LogReader;

  constructor(state: LogState) {
    this.#state = state;
    this.#flusher = new Flusher(state);
    this.#appender = new Appender(state, this.#flusher);
    this.#reader = new LogReader(state);
  }

  /** Path of the partition's directory in its log directory. */
  get directory(): string {
    return this.#state.directory;
  }

  /** First offset that may be read. */
  get logStartOffset(): number {
    return this.#state.logStartOffset;
  }

  /** Offset after the last batch that is written: what readers and followers see. */
  get logEndOffset(): number {
    return this.#state.logEndOffset;
  }

  /** Offset that the next staged batch gets. */
  get nextOffset(): number {
    return this.#state.stagedEndOffset;
  }

  /** All records below are durable. */
  get flushedOffset(): number {
    return this.#state.flushedOffset;
  }

  /** For the recovery point checkpoint: at or a little below `flushedOffset`. */
  get recoveryPoint(): number {
    return this.#state.recoveryPoint;
  }

  get highWatermark(): number {
    return this.#state.highWatermark;
  }

  /** First offset of the oldest transaction that is not decided below the high watermark, else the high watermark. */
  get lastStableOffset(): number {
    return this.#state.lastStableOffset;
  }

  get latestEpoch(): number {
    return this.#state.epochs.latestEpoch;
  }

  /** Why nothing can be appended any more; null while all is well. */
  get failure(): LogFailure | null {
    return this.#state.failure;
  }

  /** Nothing is staged, in flight or waiting. */
  get isIdle(): boolean {
    const { writes, flushes, cleaning } = this.#state;
    return this.#appender.isIdle && !writes.isBusy && !flushes.isBusy && cleaning === null;
  }

  get hasOpenTransaction(): boolean {
    return this.#state.producers.hasOpenTransaction;
  }

  /** Producers as DescribeProducers and tests want them; not to be changed. */
  get producers(): ProducerState {
    return this.#state.producers;
  }

  get segmentCount(): number {
    return this.#state.segments.length;
  }

  /** Bytes in all segments' `.log` files. */
  get sizeBytes(): number {
    let bytes = 0;
    for (const segment of this.#state.segments) bytes += segment.sizeBytes;
    return bytes;
  }

  setConfig(config: LogConfig): void {
    this.#state.config = config;
  }

  /** Told by the replica layer; never goes back except by truncation. */
  setHighWatermark(offset: number): void {
    const state = this.#state;
    if (offset <= state.highWatermark) return;
    state.highWatermark = Math.min(offset, state.logEndOffset);
    state.producers.highWatermarkMoved(state.highWatermark);
  }

  /**
   * Whether the batch at `at` may be appended as far as its producer goes. On `duplicate` the state's `duplicate…` fields
   * tell what the first copy was given; it may be written only when `submit` with nothing new staged has called back.
   */
  checkProducer(bytes: Uint8Array, at: number, origin: AppendOrigin, transactionVersion = -1): ProducerVerdict {
    return this.#state.producers.check(bytes, at, origin, transactionVersion);
  }

  /** Takes a validated batch, base offset and leader epoch already in it, for the next write. */
  stage(bytes: Uint8Array, at: number, length: number): void {
    this.#appender.stage(bytes, at, length);
  }

  /**
   * Sends what is staged to disk in one write a segment, after the write that is in flight. `done` comes when all that was
   * staged before is written, and flushed where flush.messages asks for it.
   */
  submit(done: Finished): void {
    this.#appender.submit(done);
  }

  locate(
    offset: number,
    maxBytes: number,
    upToOffset: number,
    minOneBatch: boolean,
    done: LogDone<ReadLocation>,
  ): void {
    this.#reader.locate(offset, maxBytes, upToOffset, minOneBatch, done);
  }

  readInto(location: ReadLocation, target: Uint8Array, done: LogDone<ReadResult>): void {
    this.#reader.readInto(location, target, done);
  }

  bytesBetween(offset: number, upToOffset: number): number {
    return this.#reader.bytesBetween(offset, upToOffset);
  }

  /** Makes all that is written durable; a failure takes the directory offline. Callers at the same time share a flush. */
  flush(done: Finished): void {
    this.#flusher.flush(done);
  }

  /** End of the largest epoch at or below `epoch` (OffsetForLeaderEpoch). */
  endOffsetFor(epoch: number): EpochEndOffset {
    return this.#state.epochs.endOffsetFor(epoch, this.#state.logEndOffset);
  }

  /** Epoch of the record at `offset`, or -1. */
  epochForOffset(offset: number): number {
    return this.#state.epochs.epochForOffset(offset);
  }

  /** A leader begins a term: its epoch counts from the log end even before its first batch. */
  assignEpoch(epoch: number): void {
    this.#state.epochs.assign(epoch, this.#state.stagedEndOffset);
  }

  /** ListOffsets: the first record at or after a time, or one of the named places (`lookupTimestamp`). */
  lookUpOffset(timestampMs: number, done: LogDone<OffsetAndTimestamp>): void {
    this.#whileGone((answer) => lookUpOffset(this.#state, timestampMs, answer), done);
  }

  /** Aborted transactions that overlap [fetchOffset, upperBound), for read_committed readers. */
  abortedTransactions(fetchOffset: number, upperBound: number, done: LogDone<AbortedTransaction[]>): void {
    this.#whileGone((answer) => collectAborted(this.#state, fetchOffset, upperBound, answer), done);
  }

  /** DeleteRecords: nothing below `offset` is read any more. Files go with the next `applyRetention`. True if it moved. */
  deleteRecordsBefore(offset: number): boolean {
    return advanceLogStart(this.#state, offset);
  }

  /** Deletes segments by time, by size and before the log start; their files go after file.delete.delay.ms. */
  applyRetention(nowMs: number, done: LogDone<number>): void {
    const state = this.#state;
    state.flushes.run(() => {
      if (state.isClosed || state.failure !== null) {
        state.flushes.release();
        done(state.failure ?? closedError(state), 0);
        return;
      }
      deleteOldSegments(state, nowMs, (error, count) => {
        state.flushes.release();
        done(error, count);
      });
    });
  }

  /** Records below were compacted; for the cleaner's checkpoint. */
  get cleanedOffset(): number {
    return this.#state.cleanedOffset;
  }

  /** How dirty the log is, and how far it may be cleaned. */
  planCleaning(nowMs: number, done: LogDone<CleaningPlan>): void {
    const state = this.#state;
    // What is not durable is not cleaned; after a recovery nothing else may ask for it.
    if (state.recoveryPoint < (state.activeSegment?.baseOffset ?? 0)) this.#flusher.flushSealed();
    state.flushes.run(() =>
      planCleaning(state, nowMs, (error, plan) => {
        state.flushes.release();
        done(error, plan);
      }),
    );
  }

  /** Compacts the log as planned, while it is read and appended to. Closing and truncating it make an end of that. */
  clean(
    plan: CleaningPlan,
    settings: CleaningSettings,
    jobs: CleaningJobs,
    done: (report: CleaningReport) => void,
  ): void {
    runCleaning(this.#state, plan, settings, jobs, done);
  }

  /** Wall clock before which retention by time has nothing to delete; far away where it never has. After `applyRetention`. */
  get nextRetentionMs(): number {
    return retentionDueMs(this.#state);
  }

  /** Forgets producers that were silent for producer.id.expiration.ms. Answers how many. */
  removeExpiredProducers(nowMs: number): number {
    return this.#state.producers.removeExpired(nowMs, this.#state.config.producerIdExpirationMs);
  }

  /** Whether flush.ms asks for a flush now. */
  isFlushDue(nowMs: number): boolean {
    const state = this.#state;
    return state.flushedOffset < state.logEndOffset && nowMs - state.lastFlushMs >= state.config.flushMs;
  }

  /** Cuts the log so that `offset` is the next one. Nothing may be staged. */
  truncateTo(offset: number, done: Finished): void {
    this.#exclusively((finish) => truncateLog(this.#state, offset, finish), done);
  }

  /** Removes every record; the next one gets `offset`. Nothing may be staged. */
  truncateFully(offset: number, done: Finished): void {
    this.#exclusively((finish) => truncateWholeLog(this.#state, offset, finish), done);
  }

  /**
   * Writes index tails, epochs and a producer snapshot and gives descriptors back; the object must not be used after. For
   * a clean shutdown `flush` first; a log that is dropped for being idle need not be.
   */
  close(done: Finished): void {
    this.#exclusively((finish) => closeLog(this.#state, finish), done);
  }

  /**
   * The topic is deleted: the directory is renamed to `topic-N.<uuidHex>-delete`, which is answered for its removal later
   * (null where there is none). `uuidHex` has 32 digits.
   */
  retire(uuidHex: string, done: LogDone<string | null>): void {
    let name: string | null = null;
    this.#exclusively(
      (finish) =>
        retireDirectory(this.#state, uuidHex, (error, renamed) => {
          name = renamed;
          finish(error);
        }),
      (error) => done(error, name),
    );
  }

  /** Makes the directory, if that is not there yet. */
  makeDirectory(done: Finished): void {
    this.#exclusively((finish) => {
      if (this.#state.isDirectoryMade) finish(null);
      else makePartitionDirectory(this.#state, finish);
    }, done);
  }

  /** The log is not cleaned until `allowCleaning`; a cleaning that is under way ends soon. */
  barCleaning(): void {
    this.#state.cleaningBars++;
    this.#state.cleaning?.stop();
  }

  allowCleaning(): void {
    this.#state.cleaningBars--;
  }

  /**
   * Gets all that `other`, of which it is a copy to the last record, knows besides its records, and makes itself durable.
   * Nothing may be under way in either, nor be appended any more to `other`.
   */
  takeOver(other: PartitionLog, done: Finished): void {
    this.#exclusively(
      (finish) => takeOver(this.#state, other.#state, finish),
      (error) => {
        if (error === null) this.flush(done);
        else done(error);
      },
    );
  }

  /** What became of `other` while this log, which has taken over from it, was put in its place. */
  keepUpWith(other: PartitionLog): void {
    keepUp(this.#state, other.#state);
  }

  /** The log's directory gets another name; all that is under way waits. */
  renameTo(directory: string, done: Finished): void {
    this.#exclusively((finish) => renameDirectory(this.#state, directory, finish), done);
  }

  /** Runs a task with no write, no flush and no cleaning in flight. */
  #exclusively(task: (finish: Finished) => void, done: Finished): void {
    const state = this.#state;
    const { writes, flushes } = state;
    const run = () =>
      writes.run(() =>
        flushes.runUntilDone(task, (error) => {
          writes.release();
          state.cleaningBars--;
          done(error);
        }),
      );
    state.cleaningBars++;
    if (state.cleaning === null) run();
    else {
      state.cleaning.whenEnded.push(run);
      state.cleaning.stop();
    }
  }

  /** Asks again, of what is there now, where segments were replaced or deleted while they were looked through. */
  #whileGone<T>(ask: (answer: LogDone<T>) => void, done: LogDone<T>, tries = mostTries): void {
    ask((error, value) => {
      const isGone = error instanceof LogError && error.reason === 'gone' && !this.#state.isClosed;
      if (isGone && tries > 1) this.#whileGone(ask, done, tries - 1);
      else done(error, value);
    });
  }
}

function closedError(state: LogState): LogError {
  return new LogError('closed', `the log ${state.directory} is closed`);
}
