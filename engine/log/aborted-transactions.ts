import { repeat } from './continuation.ts';
import { loadIndexes } from './index-loader.ts';
import type { LogDone } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { segmentIndexFor } from './segment.ts';
import type { AbortedTransaction } from './transaction-index.ts';

/**
 * The aborted transactions that overlap [fetchOffset, upperBound), as a read_committed fetch is told of them. An abort
 * marker may lie in a later segment than what it aborts.
 */
export function collectAborted(
  state: LogState,
  fetchOffset: number,
  upperBound: number,
  done: LogDone<AbortedTransaction[]>,
) {
  const found: AbortedTransaction[] = [];
  const segments = state.segments.slice(Math.max(0, segmentIndexFor(state.segments, fetchOffset)));
  let index = 0;
  repeat((again) => {
    const segment = segments[index++];
    if (segment === undefined) return done(null, found);
    if (!segment.mayHaveAborts) return again();
    return loadIndexes(state, segment, (error) => {
      if (error !== null) return done(error, found);
      const isComplete = segment.indexes?.transactions.collect(fetchOffset, upperBound, found) ?? false;
      return isComplete ? done(null, found) : again();
    });
  });
}
