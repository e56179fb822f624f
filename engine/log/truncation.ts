import { assert } from '../base/assert.ts';
import { logLimits } from '../base/limits.ts';
import { batchLastOffset, batchMaxTimestamp } from '../protocol/records/batch-view.ts';
import { scanBatches } from './batch-scanner.ts';
import { eachInOrder, inOrder } from './continuation.ts';
import { removeSegmentFiles } from './directory-files.ts';
import type { EntryTable } from './entry-table.ts';
import { fileSuffix, offsetFileName } from './file-names.ts';
import { writeSnapshots } from './flusher.ts';
import { loadFirstTimestamp, loadIndexes } from './index-loader.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { removeStraySnapshots, restoreProducers } from './producer-replay.ts';
import { findBatch } from './reader.ts';
import type { Segment } from './segment.ts';

/**
 * Cuts the log so that `offset` is the next one: a batch that holds it goes as a whole. Runs with `writes` and `flushes`
 * held and nothing staged.
 */
export function truncateLog(state: LogState, offset: number, done: Finished) {
  assert(state.stagedEndOffset === state.logEndOffset, 'a log is truncated while batches are staged');
  if (offset >= state.logEndOffset) {
    // A leader that wrote nothing in its epoch has a line of it all the same, which others contradict.
    state.epochs.truncateFromEnd(state.logEndOffset);
    return done(null);
  }
  state.cleanedOffset = Math.min(state.cleanedOffset, offset);
  const first = state.segments[0];
  if (first === undefined || first.baseOffset > offset || offset <= state.logStartOffset) {
    return truncateWholeLog(state, offset, done);
  }
  state.positions.clear();
  const keep = state.segments.findLastIndex((segment) => segment.baseOffset <= offset) + 1;
  const removed = state.segments.splice(keep);
  for (const segment of removed) segment.isGone = true;
  const last = state.segments[keep - 1];
  return inOrder(
    [
      (next) => writeSnapshots(state, next),
      (next) => eachInOrder(removed, (segment, each) => dropSegment(state, segment, each), next),
      (next) => {
        state.loadedIndexes.forget(last);
        loadIndexes(state, last, next);
      },
      (next) => cutSegment(state, last, offset, next),
      (next) => refreshTimestamps(state, last, next),
      (next) => {
        endAt(state, state.logEndOffset);
        state.epochs.truncateFromEnd(state.logEndOffset);
        removeStraySnapshots(state, state.logEndOffset, next);
      },
      (next) => syncRemovals(state, next),
      (next) => restoreProducers(state, state.logEndOffset, next),
    ],
    done,
  );
}

/** Removes every record; the next one gets `offset`. */
export function truncateWholeLog(state: LogState, offset: number, done: Finished) {
  assert(state.stagedEndOffset === state.logEndOffset, 'a log is truncated while batches are staged');
  const removed = state.segments;
  for (const segment of removed) segment.isGone = true;
  const snapshots = state.snapshotOffsets;
  state.segments = [];
  state.snapshotOffsets = [];
  state.pendingSnapshots = [];
  state.positions.clear();
  state.epochs.clear();
  state.producers.clear(offset);
  state.logEndOffset = offset;
  state.stagedEndOffset = offset;
  state.logStartOffset = offset;
  state.highWatermark = offset;
  state.flushedOffset = Math.min(state.flushedOffset, offset);
  state.cleanedOffset = Math.min(state.cleanedOffset, offset);
  return inOrder(
    [
      (next) => eachInOrder(removed, (segment, each) => dropSegment(state, segment, each), next),
      (next) =>
        eachInOrder(
          snapshots,
          (end, each) => state.disk.remove(state.path(offsetFileName(end, fileSuffix.snapshot)), each),
          next,
        ),
      (next) => syncRemovals(state, next),
    ],
    done,
  );
}

/** Segments that were removed must not come back, after a crash, among those that are written from here on. */
function syncRemovals(state: LogState, done: Finished) {
  if (!state.isDirectoryMade) return done(null);
  return state.disk.syncDirectory(state.directory, done);
}

function endAt(state: LogState, offset: number) {
  state.logEndOffset = offset;
  state.stagedEndOffset = offset;
  state.highWatermark = Math.min(state.highWatermark, offset);
  state.flushedOffset = Math.min(state.flushedOffset, offset);
  state.areNamesDirty = true;
}

function dropSegment(state: LogState, segment: Segment, done: Finished) {
  segment.isGone = true;
  segment.indexes = null;
  segment.whenFree(() =>
    inOrder(
      [
        (next) => state.disk.close(segment.file, next),
        (next) => removeSegmentFiles(state, segment.baseOffset, false, next),
      ],
      done,
    ),
  );
}

function cutSegment(state: LogState, segment: Segment, offset: number, done: Finished) {
  const indexes = segment.indexes!;
  findBatch(state, segment, indexes.offsets.positionFor(offset), offset, (error, batch) => {
    if (error !== null) return done(error);
    const { positionBytes, sizeBytes } = batch;
    segment.isFlushed = false;
    state.logEndOffset = offset;
    if (sizeBytes === 0) return done(null);
    // A batch that holds the offset goes as a whole.
    state.logEndOffset = Math.max(state.logStartOffset, Math.min(offset, batch.baseOffset));
    segment.sizeBytes = positionBytes;
    segment.stagedBytes = positionBytes;
    segment.warmFromBytes = Math.min(segment.warmFromBytes, positionBytes);
    const tables: readonly (readonly [string, EntryTable, () => void])[] = [
      [fileSuffix.offsetIndex, indexes.offsets.table, () => indexes.offsets.truncateTo(offset)],
      [fileSuffix.timeIndex, indexes.times.table, () => indexes.times.truncateTo(offset)],
      [fileSuffix.transactionIndex, indexes.transactions.table, () => indexes.transactions.truncateTo(offset)],
    ];
    return inOrder(
      [
        (next) => state.disk.truncate(segment.file, positionBytes, next),
        (next) => eachInOrder(tables, (named, each) => cutTable(state, segment, named, each), next),
      ],
      done,
    );
  });
}

function cutTable(
  state: LogState,
  segment: Segment,
  [suffix, table, truncate]: readonly [string, EntryTable, () => void],
  done: Finished,
) {
  const before = table.persistedCount;
  truncate();
  if (table.persistedCount === before) return done(null);
  const file = state.disk.file(segment.path(suffix));
  return state.disk.truncate(file, table.persistedCount * table.entryBytes, (error) => {
    state.disk.close(file, (closeError) => done(error ?? closeError));
  });
}

/** The segment is active again: its greatest timestamp is looked up from the last index entries on. */
function refreshTimestamps(state: LogState, segment: Segment, done: Finished) {
  const { offsets, times } = segment.indexes!;
  const lastTime = times.table.count - 1;
  segment.maxTimestampMs = lastTime < 0 ? -1 : times.timestampAt(lastTime);
  segment.offsetOfMaxTimestamp = lastTime < 0 ? -1 : times.offsetAt(lastTime);
  const lastEntry = offsets.table.count - 1;
  const fromOffset = lastTime < 0 ? segment.baseOffset : times.offsetAt(lastTime);
  const lastPosition = lastEntry < 0 ? 0 : offsets.positionAt(lastEntry);
  const fromBytes = Math.min(offsets.positionFor(fromOffset), lastPosition);
  segment.firstTimestampMs = -1;
  const request = {
    file: segment.file,
    fromBytes,
    toBytes: segment.sizeBytes,
    fromOffset: segment.baseOffset,
    baseOffset: segment.baseOffset,
    checksum: null,
    chunkBytes: logLimits.scanChunkBytes,
  };
  scanBatches(
    state.disk,
    request,
    (bytes, at) => {
      const lastOffset = batchLastOffset(bytes, at);
      if (batchMaxTimestamp(bytes, at) > segment.maxTimestampMs) {
        segment.maxTimestampMs = batchMaxTimestamp(bytes, at);
        segment.offsetOfMaxTimestamp = lastOffset;
      }
      return true;
    },
    (error) => {
      segment.bytesSinceIndexEntry = segment.sizeBytes - lastPosition;
      if (error !== null || segment.sizeBytes === 0) return done(error);
      return loadFirstTimestamp(state, segment, done);
    },
  );
}
