import { eachInOrder } from '../continuation.ts';
import { loadFirstTimestamp, loadMaxTimestamp } from '../index-loader.ts';
import type { Finished, LogDone } from '../log-error.ts';
import type { LogState } from '../log-state.ts';
import { largestTimestampMs } from '../retention.ts';
import { type Segment, segmentIndexFor } from '../segment.ts';

/** How dirty a log is, and how far it may be cleaned. */
export interface CleaningPlan {
  /** Below it the log is clean. */
  readonly firstDirtyOffset: number;
  /** Base offset of the first segment that must stay as it is. */
  readonly firstUncleanableOffset: number;
  /** Share of the log, without what may not be cleaned, that is dirty. */
  readonly dirtyRatio: number;
  /** It is dirty enough, or has waited long enough. */
  readonly isDue: boolean;
  /** Wall clock at which it may be due without a record more; far away where time changes nothing. */
  readonly nextLookMs: number;
}

const nothingToDo: CleaningPlan = {
  firstDirtyOffset: 0,
  firstUncleanableOffset: 0,
  dirtyRatio: 0,
  isDue: false,
  nextLookMs: Number.POSITIVE_INFINITY,
};

/**
 * Looks at what may be cleaned: sealed segments that are durable, without an open transaction, below the high watermark
 * and older than min.compaction.lag.ms. Runs with `flushes` held.
 */
export function planCleaning(state: LogState, nowMs: number, done: LogDone<CleaningPlan>) {
  const sealed = state.segments.slice(0, -1);
  if (sealed.length === 0) return done(null, nothingToDo);
  const isOutside = state.cleanedOffset < state.logStartOffset || state.cleanedOffset > state.logEndOffset;
  const firstDirtyOffset = isOutside ? state.logStartOffset : state.cleanedOffset;
  const dirty = sealed.filter((_, index) => state.segments[index + 1].baseOffset > firstDirtyOffset);
  return loadTimes(state, dirty, (error) => {
    if (error !== null) return done(error, nothingToDo);
    return done(null, planOf(state, sealed, dirty, firstDirtyOffset, nowMs));
  });
}

/** Timestamps cost a read a segment, and only the lags ask for them. */
function loadTimes(state: LogState, dirty: readonly Segment[], done: Finished) {
  const { minCompactionLagMs, maxCompactionLagMs } = state.config;
  const needsFirst = Number.isFinite(maxCompactionLagMs);
  eachInOrder(
    dirty,
    (segment, next) => {
      const loadFirst: Finished = (error) => {
        const isKnown = !needsFirst || segment.firstTimestampMs >= 0 || segment.sizeBytes === 0;
        if (error !== null || isKnown) next(error);
        else loadFirstTimestamp(state, segment, next);
      };
      if (minCompactionLagMs > 0) loadMaxTimestamp(state, segment, loadFirst);
      else loadFirst(null);
    },
    done,
  );
}

function planOf(
  state: LogState,
  sealed: readonly Segment[],
  dirty: readonly Segment[],
  firstDirtyOffset: number,
  nowMs: number,
): CleaningPlan {
  const { minCompactionLagMs, maxCompactionLagMs, minCleanableDirtyRatio } = state.config;
  const young = dirty.find(
    (segment) => minCompactionLagMs > 0 && largestTimestampMs(segment) > nowMs - minCompactionLagMs,
  );
  const youngOffset = young?.baseOffset ?? Number.POSITIVE_INFINITY;
  const bound = Math.min(state.lastStableOffset, state.recoveryPoint, youngOffset, state.activeSegment!.baseOffset);
  const at = segmentIndexFor(state.segments, bound);
  const firstUncleanableOffset = state.segments[Math.max(0, at)].baseOffset;
  let cleanBytes = 0;
  let cleanableBytes = 0;
  sealed.forEach((segment, index) => {
    if (segment.baseOffset < firstDirtyOffset) cleanBytes += segment.sizeBytes;
    const isDirty = state.segments[index + 1].baseOffset > firstDirtyOffset;
    if (isDirty && segment.baseOffset < firstUncleanableOffset) cleanableBytes += segment.sizeBytes;
  });
  const oldestMs = Math.min(
    ...dirty.map((segment) => segment.firstTimestampMs).filter((timestampMs) => timestampMs > 0),
  );
  const isOld = oldestMs < nowMs - maxCompactionLagMs;
  const dirtyRatio = cleanableBytes === 0 ? 0 : cleanableBytes / (cleanBytes + cleanableBytes);
  const isDue = dirtyRatio > minCleanableDirtyRatio || (isOld && cleanableBytes > 0);
  const ripeMs = young === undefined ? Number.POSITIVE_INFINITY : largestTimestampMs(young) + minCompactionLagMs;
  const nextLookMs = Math.max(nowMs + 1, Math.min(ripeMs, oldestMs + maxCompactionLagMs));
  return { firstDirtyOffset, firstUncleanableOffset, dirtyRatio, isDue, nextLookMs };
}
