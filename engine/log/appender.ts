import { assert } from '../base/assert.ts';
import type { DiskError } from '../base/disk.ts';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLastOffsetDelta,
  batchMaxTimestamp,
  batchPartitionLeaderEpoch,
  batchSizeBytes,
} from '../protocol/records/batch-view.ts';
import type { Flusher } from './flusher.ts';
import { type Finished, LogError, type LogFailure } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { makePartitionDirectory } from './partition-metadata.ts';
import { rollSegment } from './roll.ts';
import type { Segment } from './segment.ts';

/** Batches that go to disk together, and who wants to know. */
class WriteGroup {
  views: Uint8Array[] = [];
  /** Segments that the views go to, in order, and the first view of each. Nearly always one. */
  segments: Segment[] = [];
  starts: number[] = [];
  waiting: Finished[] = [];

  /** Lets go of the memory that was staged. */
  clear(): void {
    this.views = [];
    this.segments.length = 0;
    this.starts.length = 0;
    this.waiting = [];
  }
}

/**
 * Appends: batches are staged during a turn and go out in one gathered write; while it is in flight, later ones gather
 * for the next. Whatever waits is answered when the write (and a flush that is due by flush.messages) is done.
 */
export class Appender {
  readonly #state: LogState;
  readonly #flusher: Flusher;
  #gathering = new WriteGroup();
  #flying = new WriteGroup();
  #isFlying = false;
  /** Index in the flying group of the segment that is being written. */
  #run = 0;
  #runEndOffset = 0;
  readonly #begin = () => this.#beginFlight();
  readonly #onWritten = (error: DiskError | null) => this.#completed(error);

  constructor(state: LogState, flusher: Flusher) {
    this.#state = state;
    this.#flusher = flusher;
  }

  /** Nothing is staged and nothing in flight. */
  get isIdle(): boolean {
    return !this.#isFlying && this.#gathering.views.length === 0;
  }

  stage(bytes: Uint8Array, at: number, length: number): void {
    const state = this.#state;
    const baseOffset = batchBaseOffset(bytes, at);
    const lastOffset = baseOffset + batchLastOffsetDelta(bytes, at);
    const maxTimestampMs = batchMaxTimestamp(bytes, at);
    assert(!state.isClosed, 'a batch is staged on a closed log');
    assert(baseOffset >= state.stagedEndOffset, 'a batch is staged below the end of the log');
    assert(batchSizeBytes(bytes, at) === length && lastOffset >= baseOffset, 'a staged batch is not what it claims');
    const segment = this.#place(length, baseOffset, lastOffset, maxTimestampMs);
    const epoch = batchPartitionLeaderEpoch(bytes, at);
    if (epoch !== state.epochs.latestEpoch) state.epochs.assign(epoch, baseOffset);
    const indexes = segment.indexes!;
    const aborted = state.producers.apply(bytes, at);
    if (aborted !== null) {
      indexes.transactions.append(aborted);
      segment.mayHaveAborts = true;
    }
    segment.indexBatch(
      indexes,
      segment.stagedBytes,
      length,
      lastOffset,
      maxTimestampMs,
      state.config.indexIntervalBytes,
    );
    segment.stagedBytes += length;
    state.stagedEndOffset = lastOffset + 1;
    const isWhole = at === 0 && length === bytes.length;
    this.#gathering.views.push(isWhole ? bytes : bytes.subarray(at, at + length));
  }

  submit(done: Finished): void {
    const state = this.#state;
    if (state.failure !== null) {
      this.#gathering.clear();
      done(state.failure);
    } else if (this.#gathering.views.length > 0) {
      this.#gathering.waiting.push(done);
      if (!this.#isFlying) this.#takeOff();
    } else if (this.#isFlying) this.#flying.waiting.push(done);
    else done(null);
  }

  /** The segment that the next batch goes to, rolled first when it must be. */
  #place(length: number, baseOffset: number, lastOffset: number, maxTimestampMs: number): Segment {
    const state = this.#state;
    let segment = state.activeSegment;
    const nowMs = state.environment.clock.wallMs();
    if (segment === null) segment = rollSegment(state, state.stagedEndOffset, nowMs);
    if (segment.mustRollFor(length, lastOffset, maxTimestampMs, nowMs, state.config)) {
      segment = rollSegment(state, baseOffset, nowMs);
    }
    const group = this.#gathering;
    if (group.segments.length === 0 || group.segments[group.segments.length - 1] !== segment) {
      group.segments.push(segment);
      group.starts.push(group.views.length);
    }
    return segment;
  }

  #takeOff(): void {
    const group = this.#gathering;
    this.#gathering = this.#flying;
    this.#flying = group;
    this.#isFlying = true;
    this.#run = 0;
    if (this.#state.writes.tryAcquire()) this.#beginFlight();
    else this.#state.writes.run(this.#begin);
  }

  #beginFlight(): void {
    const state = this.#state;
    if (state.failure !== null) this.#fail(state.failure);
    else if (state.isClosed) this.#fail(new LogError('closed', `the log ${state.directory} is closed`));
    else if (state.isDirectoryMade) this.#writeRun();
    else {
      makePartitionDirectory(state, (error) => {
        if (error !== null) this.#fail(error);
        else this.#writeRun();
      });
    }
  }

  /** One gathered write of all that goes to one segment. */
  #writeRun(): void {
    const group = this.#flying;
    const segment = group.segments[this.#run];
    const from = group.starts[this.#run];
    const isLast = this.#run === group.segments.length - 1;
    const end = isLast ? group.views.length : group.starts[this.#run + 1];
    const buffers = from === 0 && isLast ? group.views : group.views.slice(from, end);
    this.#runEndOffset = batchLastOffset(group.views[end - 1], 0) + 1;
    this.#state.disk.write(segment.file, segment.sizeBytes, buffers, this.#onWritten);
  }

  #completed(error: DiskError | null): void {
    const state = this.#state;
    const group = this.#flying;
    const segment = group.segments[this.#run];
    if (error !== null) {
      this.#cutAndFail(segment, error);
      return;
    }
    const from = group.starts[this.#run];
    const isLast = this.#run === group.segments.length - 1;
    const end = isLast ? group.views.length : group.starts[this.#run + 1];
    let written = 0;
    for (let i = from; i < end; i++) written += group.views[i].length;
    segment.sizeBytes += written;
    state.appendedBytes += written;
    state.logEndOffset = this.#runEndOffset;
    state.positions.remember(state.logEndOffset, segment, segment.sizeBytes);
    this.#run++;
    if (isLast) this.#land();
    else this.#writeRun();
  }

  #land(): void {
    const state = this.#state;
    const waiting = this.#flying.waiting;
    const hasRolled = state.segments.length > 1 && !state.segments[state.segments.length - 2].isFlushed;
    this.#flying.clear();
    this.#isFlying = false;
    state.writes.release();
    const isFlushDue = state.logEndOffset - state.flushedOffset >= state.config.flushMessages;
    if (isFlushDue) this.#flusher.flush((error) => tell(waiting, error));
    else {
      if (hasRolled) this.#flusher.flushSealed();
      tell(waiting, null);
    }
    if (this.#gathering.waiting.length > 0 && !this.#isFlying) this.#takeOff();
  }

  /** The file may hold part of what was to be written: it is cut, and the directory is not trusted any more. */
  #cutAndFail(segment: Segment, error: DiskError): void {
    const state = this.#state;
    state.failure = error;
    state.disk.truncate(segment.file, segment.sizeBytes, (cutError) => {
      const cut = cutError === null ? 'cut to the log end' : `not cut (${cutError.code})`;
      state.disk.fail(`append to ${segment.file.path} failed: ${error.code}, ${cut}`);
      this.#fail(error);
    });
  }

  #fail(error: LogFailure): void {
    this.#state.failure ??= error;
    const waiting = [...this.#flying.waiting, ...this.#gathering.waiting];
    this.#flying.clear();
    this.#gathering.clear();
    this.#isFlying = false;
    this.#state.writes.release();
    tell(waiting, error);
  }
}

function tell(waiting: readonly Finished[], error: LogFailure | null): void {
  for (let i = 0; i < waiting.length; i++) waiting[i](error);
}
