import { logLimits } from '../base/limits.ts';
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestamp,
  batchPartitionLeaderEpoch,
} from '../protocol/records/batch-view.ts';
import { type BatchVisitor, type ScanOutcome, scanBatches } from './batch-scanner.ts';
import { eachInOrder, inOrder, repeat } from './continuation.ts';
import { removeSegmentFiles } from './directory-files.ts';
import { fileSuffix } from './file-names.ts';
import { persistIndexes } from './index-files.ts';
import { loadFirstTimestamp, loadIndexes } from './index-loader.ts';
import type { Finished, LogFailure } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { emptyIndexes, type Segment } from './segment.ts';

/**
 * Verifies every batch from segment `first` on, rebuilding indexes and epochs. The log ends at the first batch that is not
 * whole: the file is cut there and the segments after it are removed, as Apache Kafka does.
 */
export function recoverSegments(state: LogState, first: number, done: Finished): void {
  let at = first;
  state.epochs.truncateFromEnd(state.segments[first].baseOffset);
  repeat((again) => {
    const segment = state.segments[at];
    if (segment === undefined) return done(null);
    // Left by a removal that a crash undid: the log went on in the segment before.
    if (at > first && segment.baseOffset < state.logEndOffset) return removeFrom(state, at, done);
    at++;
    return recoverSegment(state, segment, (error, isWhole) => {
      if (error !== null) return done(error);
      return isWhole && !isFollowedByGap(state, at) ? again() : removeFrom(state, at, done);
    });
  });
}

function removeFrom(state: LogState, at: number, done: Finished) {
  removeForGood(state, state.segments.splice(at), done);
}

/**
 * A power cut may have kept the start of a segment and lost the end of the one before, which then ends at a batch all the
 * same. Only compaction leaves gaps; in any other log what comes after one is as lost as what was in it.
 */
function isFollowedByGap(state: LogState, next: number): boolean {
  const later = state.segments[next];
  if (later === undefined || later.baseOffset <= state.logEndOffset) return false;
  // It may have been compacted before its policy was another one.
  if (state.config.cleanupCompact || later.baseOffset <= state.cleanedOffset) return false;
  state.environment.logger.warn(
    { segment: later.file.path, endOffset: state.logEndOffset },
    'log cut at a gap before this segment',
  );
  return true;
}

/** Removes segments so that a crash does not bring them back among those that are written from here on. */
export function removeForGood(state: LogState, segments: readonly Segment[], done: Finished) {
  if (segments.length === 0) return done(null);
  return inOrder(
    [
      (next) =>
        eachInOrder(segments, (each, eachNext) => removeSegmentFiles(state, each.baseOffset, true, eachNext), next),
      (next) => state.disk.syncDirectory(state.directory, next),
    ],
    done,
  );
}

function recoverSegment(
  state: LogState,
  segment: Segment,
  done: (error: LogFailure | null, isWhole: boolean) => void,
): void {
  const indexes = emptyIndexes(segment.baseOffset);
  segment.indexes = indexes;
  segment.isFlushed = false;
  // Those that there are the producers' replay finds again; of what was compacted away there is none any more.
  segment.mayHaveAborts = false;
  segment.bytesSinceIndexEntry = 0;
  segment.maxTimestampMs = -1;
  let endOffset = segment.baseOffset;
  const visit: BatchVisitor = (bytes, at, length, positionBytes) => {
    const lastOffset = batchLastOffset(bytes, at);
    const epoch = batchPartitionLeaderEpoch(bytes, at);
    // Epochs never go back: these are bytes that had been cut away, and the cut was lost.
    if (epoch >= 0 && epoch < state.epochs.latestEpoch) return false;
    if (epoch > state.epochs.latestEpoch) state.epochs.assign(epoch, batchBaseOffset(bytes, at));
    const interval = state.config.indexIntervalBytes;
    segment.indexBatch(indexes, positionBytes, length, lastOffset, batchMaxTimestamp(bytes, at), interval);
    endOffset = lastOffset + 1;
    return true;
  };
  scanBatches(state.disk, scanAll(state, segment, true), visit, (error, endBytes, outcome) => {
    if (error !== null) return done(error, false);
    state.logEndOffset = endOffset;
    if (segment !== state.activeSegment)
      indexes.times.maybeAppend(segment.maxTimestampMs, segment.offsetOfMaxTimestamp);
    return inOrder(
      [(next) => removeIndexFiles(state, segment, next), (next) => cut(state, segment, endBytes, outcome, next)],
      (cutError) => done(cutError, outcome === 'end'),
    );
  });
}

function cut(state: LogState, segment: Segment, endBytes: number, outcome: ScanOutcome, done: Finished) {
  if (outcome === 'end') return done(null);
  const lost = segment.sizeBytes - endBytes;
  state.environment.logger.warn(
    { segment: segment.file.path, outcome, endBytes, lostBytes: lost },
    'log cut at the first batch that is not whole',
  );
  segment.sizeBytes = endBytes;
  segment.stagedBytes = endBytes;
  return state.disk.truncate(segment.file, endBytes, done);
}

function removeIndexFiles(state: LogState, segment: Segment, done: Finished): void {
  const suffixes = [fileSuffix.offsetIndex, fileSuffix.timeIndex, fileSuffix.transactionIndex];
  eachInOrder(suffixes, (suffix, next) => state.disk.remove(segment.path(suffix), next), done);
}

function scanAll(state: LogState, segment: Segment, verify: boolean) {
  return {
    file: segment.file,
    fromBytes: 0,
    toBytes: segment.sizeBytes,
    fromOffset: segment.baseOffset,
    baseOffset: segment.baseOffset,
    checksum: verify ? state.environment.checksum : null,
    chunkBytes: verify ? logLimits.recoveryChunkBytes : logLimits.scanChunkBytes,
  };
}

/**
 * Finds the log end after a clean shutdown: from the last index entry of the last segment on. Answers whether all is as a
 * clean shutdown leaves it.
 */
export function findEnd(state: LogState, done: (error: LogFailure | null, isWhole: boolean) => void): void {
  const segment = state.activeSegment!;
  loadIndexes(state, segment, (loadError) => {
    if (loadError !== null) return done(null, false);
    const indexes = segment.indexes!;
    const last = indexes.offsets.table.count - 1;
    const fromBytes = last < 0 ? 0 : indexes.offsets.positionAt(last);
    let endOffset = segment.baseOffset;
    const visit: BatchVisitor = (bytes, at) => {
      endOffset = batchLastOffset(bytes, at) + 1;
      if (batchMaxTimestamp(bytes, at) > segment.maxTimestampMs) {
        segment.maxTimestampMs = batchMaxTimestamp(bytes, at);
        segment.offsetOfMaxTimestamp = endOffset - 1;
      }
      return true;
    };
    return scanBatches(
      state.disk,
      { ...scanAll(state, segment, false), fromBytes },
      visit,
      (error, endBytes, outcome) => {
        if (error !== null || outcome !== 'end') return done(error, false);
        state.logEndOffset = endOffset;
        segment.bytesSinceIndexEntry = endBytes - fromBytes;
        if (segment.sizeBytes === 0) return done(null, true);
        return loadFirstTimestamp(state, segment, (readError) => done(readError, true));
      },
    );
  });
}

/** Fills the epochs from the headers of all batches, where the file that should tell is lost. */
export function rebuildEpochs(state: LogState, done: Finished): void {
  state.epochs.clear();
  eachInOrder(
    state.segments,
    (segment, next) => {
      const visit: BatchVisitor = (bytes, at) => {
        const epoch = batchPartitionLeaderEpoch(bytes, at);
        if (epoch > state.epochs.latestEpoch) state.epochs.assign(epoch, batchBaseOffset(bytes, at));
        return true;
      };
      scanBatches(state.disk, scanAll(state, segment, false), visit, (error) => next(error));
    },
    (error) => {
      state.epochs.isDirty = true;
      done(error);
    },
  );
}

/** Writes index tails of sealed segments that recovery rebuilt, so that they need not stay in memory. */
export function persistRecovered(state: LogState, done: Finished) {
  const rebuilt = state.segments.filter((segment) => segment !== state.activeSegment && segment.indexes !== null);
  eachInOrder(
    rebuilt,
    (segment, next) => {
      persistIndexes(state, segment, false, (error) => {
        if (error === null) state.loadedIndexes.note(segment);
        next(error);
      });
    },
    done,
  );
}
