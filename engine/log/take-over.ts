import { assert } from '../base/assert.ts';
import { inOrder } from './continuation.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { rollSegment, takeSnapshot } from './roll.ts';

/**
 * A log that was copied, batch by batch, to another directory gets what the batches do not tell: which producers there
 * are (those whose records are deleted too), and how far the log was cleaned. It begins a segment: the producers' state at
 * that place is kept as its snapshot, so that they are known after a crash as well. Runs with `writes` and `flushes` held.
 */
export function takeOver(state: LogState, from: LogState, done: Finished): void {
  const isCopy = state.stagedEndOffset === from.logEndOffset && from.stagedEndOffset === from.logEndOffset;
  assert(isCopy && state.logEndOffset === from.logEndOffset, 'a log takes over from another before it is its copy');
  state.producers = from.producers;
  state.cleanedOffset = from.cleanedOffset;
  keepUp(state, from);
  const isEmpty = state.activeSegment === null ? state.logEndOffset === 0 : state.activeSegment.sizeBytes === 0;
  if (isEmpty) {
    done(null);
    return;
  }
  takeSnapshot(state, state.logEndOffset);
  const { file } = rollSegment(state, state.logEndOffset, state.environment.clock.wallMs());
  inOrder(
    [
      (next) => state.disk.write(file, 0, [new Uint8Array(0)], next),
      (next) => state.disk.syncDirectory(state.directory, next),
    ],
    done,
  );
}

/** Takes over what moves without an append. */
export function keepUp(state: LogState, from: LogState): void {
  state.epochs = from.epochs;
  state.epochs.isDirty = true;
  state.highWatermark = Math.max(state.highWatermark, from.highWatermark);
}

/** Gives the log's directory another name. Runs with `writes` and `flushes` held. */
export function renameDirectory(state: LogState, directory: string, done: Finished): void {
  state.disk.rename(state.directory, directory, (error) => {
    if (error === null) {
      state.directory = directory;
      for (const segment of state.segments) segment.directory = directory;
    }
    done(error);
  });
}
