import { eachInOrder, inOrder } from './continuation.ts';
import { deletedDirectoryName } from './file-names.ts';
import { writeEpochs, writeSnapshots } from './flusher.ts';
import { hasTail, persistIndexes } from './index-files.ts';
import type { Finished, LogDone } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { takeSnapshot } from './roll.ts';
import type { Segment } from './segment.ts';

/**
 * Writes what is only in memory (index tails, epochs, producers) and gives the descriptors back. Runs with `writes` and
 * `flushes` held.
 */
export function closeLog(state: LogState, done: Finished) {
  if (state.isClosed) return done(null);
  state.isClosed = true;
  const active = state.activeSegment;
  const mayWrite = state.failure === null && state.isDirectoryMade && active !== null;
  const steps: ((next: Finished) => void)[] = [];
  if (mayWrite) {
    active.indexes?.times.maybeAppend(active.maxTimestampMs, active.offsetOfMaxTimestamp);
    if (state.producers.mapEndOffset <= state.logEndOffset) takeSnapshot(state, state.logEndOffset);
    steps.push((next) => writeSnapshots(state, next));
    if (state.epochs.isDirty) steps.push((next) => writeEpochs(state, next));
    steps.push((next) => persistForGood(state, next));
  }
  return inOrder(steps, (error) => closeFiles(state, (closeError) => done(error ?? closeError)));
}

/**
 * Index tails are made durable: after a clean shutdown nobody rebuilds them, and a time index that lost its end would
 * have retention take records for older than they are.
 */
function persistForGood(state: LogState, done: Finished): void {
  const unwritten = state.segments.filter(({ indexes }) => indexes !== null && hasTail(indexes));
  inOrder(
    [
      (next) => eachInOrder(state.segments, (each, eachNext) => persist(state, each, unwritten, eachNext), next),
      (next) => (unwritten.length === 0 ? next(null) : state.disk.syncDirectory(state.directory, next)),
    ],
    done,
  );
}

function persist(state: LogState, segment: Segment, unwritten: readonly Segment[], done: Finished): void {
  persistIndexes(state, segment, unwritten.includes(segment), done);
}

function closeFiles(state: LogState, done: Finished) {
  // All of them at once: what was located in one whose turn is still to come must not be read any more.
  for (const segment of state.segments) segment.isGone = true;
  eachInOrder(
    state.segments,
    (segment, next) => {
      segment.indexes = null;
      segment.whenFree(() => state.disk.close(segment.file, next));
    },
    (error) => {
      state.positions.clear();
      done(error);
    },
  );
}

/**
 * Takes the log out of use for good: its directory gets the name under which it is removed later. Answers that name, or
 * null where there was no directory. Runs with `writes` and `flushes` held.
 */
export function retireDirectory(state: LogState, uuidHex: string, done: LogDone<string | null>) {
  const wasClosed = state.isClosed;
  state.isClosed = true;
  const name = deletedDirectoryName(state.topic, state.partition, uuidHex);
  const rename = () => {
    if (!state.isDirectoryMade) return done(null, null);
    return state.disk.rename(state.directory, name, (error) => done(error, name));
  };
  if (wasClosed) return rename();
  return closeFiles(state, (error) => (error === null ? rename() : done(error, null)));
}
