import { eachInOrder, inOrder } from './continuation.ts';
import { fileSuffix, leaderEpochFileName, offsetFileName } from './file-names.ts';
import { persistIndexes } from './index-files.ts';
import type { Finished, LogFailure } from './log-error.ts';
import type { LogState } from './log-state.ts';
import type { Segment } from './segment.ts';

/**
 * Makes the log durable and moves the recovery point. Requests that come while a flush runs share the next one (group
 * commit); writes go on meanwhile.
 */
export class Flusher {
  readonly #state: LogState;
  /** Answered by the flush that has not begun yet. */
  #waiting: Finished[] = [];
  #isQueued = false;
  /** The flush that has not begun yet goes up to the log end, not just over sealed segments. */
  #wholeLog = false;

  constructor(state: LogState) {
    this.#state = state;
  }

  /** All that was written when this is called is durable when `done` is. */
  flush(done: Finished): void {
    this.#waiting.push(done);
    this.#wholeLog = true;
    this.#enqueue();
  }

  /** Brings the recovery point to the start of the active segment, in the background. */
  flushSealed(): void {
    this.#enqueue();
  }

  #enqueue(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#state.flushes.run(() => this.#begin());
  }

  #begin(): void {
    const waiting = this.#waiting;
    const wholeLog = this.#wholeLog;
    this.#waiting = [];
    this.#wholeLog = false;
    this.#isQueued = false;
    const { clock, flushed } = this.#state.environment;
    const beganMs = clock.monotonicMs();
    this.#run(wholeLog, (error) => {
      flushed?.(clock.monotonicMs() - beganMs);
      if (error !== null) this.#failed(error);
      this.#state.flushes.release();
      for (const done of waiting) done(error);
    });
  }

  #failed(error: LogFailure): void {
    const state = this.#state;
    if (state.isClosed && state.disk.isOnline()) return;
    state.failure ??= error;
    state.disk.fail(`flush of ${state.directory} failed: ${error.message}`);
  }

  #run(wholeLog: boolean, done: Finished): void {
    const state = this.#state;
    const active = state.activeSegment;
    if (state.failure !== null || active === null || !state.isDirectoryMade) {
      done(state.failure);
      return;
    }
    const target = wholeLog ? state.logEndOffset : Math.min(state.logEndOffset, active.baseOffset);
    const dirty = state.segments.filter((segment) => !segment.isFlushed && segment.baseOffset < target);
    const steps: ((next: Finished) => void)[] = [];
    if (state.pendingSnapshots.length > 0) steps.push((next) => writeSnapshots(state, next));
    if (state.epochs.isDirty) steps.push((next) => writeEpochs(state, next));
    steps.push((next) => eachInOrder(dirty, (segment, eachNext) => flushSegment(state, segment, eachNext), next));
    if (state.areNamesDirty) steps.push((next) => syncNames(state, next));
    inOrder(steps, (error) => {
      if (error === null) {
        state.flushedOffset = Math.max(state.flushedOffset, target);
        state.lastFlushMs = state.environment.clock.wallMs();
      }
      done(error);
    });
  }
}

/** A segment that still grows is recovered batch by batch after a crash, so that its indexes need not be durable. */
function flushSegment(state: LogState, segment: Segment, done: Finished): void {
  if (segment === state.activeSegment || segment.sizeBytes < segment.stagedBytes) {
    state.disk.sync(segment.file, done);
    return;
  }
  inOrder(
    [
      (next) => state.disk.sync(segment.file, next),
      (next) => persistIndexes(state, segment, true, next),
      (next) => {
        segment.isFlushed = true;
        state.loadedIndexes.note(segment);
        state.areNamesDirty = true;
        next(null);
      },
    ],
    done,
  );
}

function syncNames(state: LogState, done: Finished): void {
  state.areNamesDirty = false;
  state.disk.syncDirectory(state.directory, done);
}

/** Writes the producer snapshots that were taken when segments rolled. */
export function writeSnapshots(state: LogState, done: Finished): void {
  const snapshots = state.pendingSnapshots;
  state.pendingSnapshots = [];
  eachInOrder(
    snapshots,
    (snapshot, next) => {
      state.disk.replaceFile(state.path(offsetFileName(snapshot.endOffset, fileSuffix.snapshot)), snapshot.bytes, next);
    },
    done,
  );
}

export function writeEpochs(state: LogState, done: Finished): void {
  state.epochs.isDirty = false;
  state.disk.replaceFile(state.path(leaderEpochFileName), state.epochs.toFile(), done);
}
