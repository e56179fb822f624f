import { eachInOrder, inOrder } from './continuation.ts';
import { fileSuffix, offsetFileName } from './file-names.ts';
import { loadMaxTimestamp } from './index-loader.ts';
import type { Finished, LogDone } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { rollSegment } from './roll.ts';
import { dataSuffixes, type Segment } from './segment.ts';

/** Moves the log start (DeleteRecords, and after segments are deleted). It never goes back, nor beyond the log end. */
export function advanceLogStart(state: LogState, offset: number): boolean {
  const target = Math.min(offset, state.logEndOffset);
  if (target <= state.logStartOffset) return false;
  state.logStartOffset = target;
  if (state.highWatermark < target) state.highWatermark = target;
  state.epochs.truncateFromStart(target);
  state.producers.logStartMoved(target);
  return true;
}

/**
 * Deletes segments that lie before the log start, are over retention.ms or retention.bytes (where cleanup.policy deletes),
 * and whose records are below the high watermark. Answers how many. Runs with `flushes` held; appends go on.
 */
export function deleteOldSegments(state: LogState, nowMs: number, done: LogDone<number>) {
  loadOldest(state, nowMs, (error) => {
    if (error !== null) return done(error, 0);
    const count = countDeletable(state, nowMs);
    if (count === 0 || count < state.segments.length) return deleteFirst(state, nowMs, done);
    return beginAnew(state, nowMs, (beginError) => {
      if (beginError !== null) done(beginError, 0);
      else deleteFirst(state, nowMs, done);
    });
  });
}

function deleteFirst(state: LogState, nowMs: number, done: LogDone<number>) {
  const count = Math.min(countDeletable(state, nowMs), state.segments.length - 1);
  if (count <= 0) return done(null, 0);
  const doomed = state.segments.splice(0, count);
  // All of them at once: a look-up must not go by the position in one whose turn to be renamed is still to come.
  for (const segment of doomed) segment.isGone = true;
  advanceLogStart(state, state.segments[0].baseOffset);
  return deleteSegments(state, doomed, (error) => done(error, count));
}

/**
 * All segments are to go: an empty one is rolled, and its file is made for good before the others lose their names. Without it
 * the directory would not tell, after a crash, at which offset the log goes on. While a write is under way the last
 * segment stays, until the next time: to wait for writes with `flushes` held would be to wait the wrong way round.
 */
function beginAnew(state: LogState, nowMs: number, done: Finished) {
  if (!state.writes.tryAcquire()) return done(null);
  const segment = rollSegment(state, state.logEndOffset, nowMs);
  return inOrder(
    [
      (next) => state.disk.write(segment.file, 0, [new Uint8Array(0)], next),
      (next) => state.disk.syncDirectory(state.directory, next),
    ],
    (error) => {
      state.writes.release();
      done(error);
    },
  );
}

/** Retention by time asks from the oldest on, until one is young enough. */
function loadOldest(state: LogState, nowMs: number, done: Finished) {
  const { retentionMs, cleanupDelete } = state.config;
  if (!cleanupDelete || retentionMs < 0) return done(null);
  let isYoung = false;
  return eachInOrder(
    [...state.segments],
    (segment, next) => {
      if (isYoung) return next(null);
      return loadMaxTimestamp(state, segment, (error) => {
        isYoung = nowMs - largestTimestampMs(segment) <= retentionMs;
        next(error);
      });
    },
    done,
  );
}

export function largestTimestampMs(segment: Segment): number {
  return segment.maxTimestampMs >= 0 ? segment.maxTimestampMs : segment.createdMs;
}

/** When the oldest segment is old enough, as far as its timestamps are known (they are when retention has looked). */
export function retentionDueMs(state: LogState): number {
  const { retentionMs, cleanupDelete } = state.config;
  const oldest = state.segments[0];
  if (!cleanupDelete || retentionMs < 0 || oldest === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.min(Number.MAX_SAFE_INTEGER, largestTimestampMs(oldest) + retentionMs);
}

function countDeletable(state: LogState, nowMs: number): number {
  const { retentionMs, retentionBytes, cleanupDelete } = state.config;
  let surplusBytes = Number.NEGATIVE_INFINITY;
  if (cleanupDelete && retentionBytes >= 0) {
    surplusBytes = -retentionBytes;
    for (const segment of state.segments) surplusBytes += segment.sizeBytes;
  }
  let count = 0;
  for (const segment of state.segments) {
    const next = state.segments[count + 1];
    const endOffset = next?.baseOffset ?? state.logEndOffset;
    if (endOffset > state.highWatermark || isInUse(state, segment)) break;
    const isExpired = cleanupDelete && retentionMs >= 0 && nowMs - largestTimestampMs(segment) > retentionMs;
    const isSurplus = surplusBytes - segment.sizeBytes >= 0;
    const isBefore = next !== undefined && endOffset <= state.logStartOffset;
    if (!isExpired && !isSurplus && !isBefore) break;
    surplusBytes -= segment.sizeBytes;
    count++;
  }
  return count;
}

/** An active segment that is empty, or about to be written, stays. */
function isInUse(state: LogState, segment: Segment): boolean {
  return segment.sizeBytes < segment.stagedBytes || (segment === state.activeSegment && segment.sizeBytes === 0);
}

/** Renames the files of segments to `.deleted`, and removes them file.delete.delay.ms later. */
function deleteSegments(state: LogState, doomed: readonly Segment[], done: Finished) {
  eachInOrder(doomed, (segment, next) => retireSegment(state, segment, true, next), done);
}

/**
 * Takes a segment, which is in the log's list no more, out of use. With `andSnapshot` the producers as of its base offset
 * are forgotten as well.
 */
export function retireSegment(state: LogState, segment: Segment, andSnapshot: boolean, done: Finished) {
  segment.isGone = true;
  if (andSnapshot) forgetSnapshot(state, segment);
  segment.whenFree(() => renameFiles(state, segment, andSnapshot, done));
}

function forgetSnapshot(state: LogState, segment: Segment) {
  state.snapshotOffsets = state.snapshotOffsets.filter((offset) => offset !== segment.baseOffset);
  state.pendingSnapshots = state.pendingSnapshots.filter((snapshot) => snapshot.endOffset !== segment.baseOffset);
}

function renameFiles(state: LogState, segment: Segment, andSnapshot: boolean, done: Finished) {
  const suffixes: string[] = andSnapshot ? [...dataSuffixes, fileSuffix.snapshot] : [...dataSuffixes];
  const renamed: string[] = [];
  const rename = (suffix: string, next: Finished) => {
    const path = segment.path(suffix);
    state.disk.rename(path, path + fileSuffix.deleted, (error) => {
      if (error === null) renamed.push(offsetFileName(segment.baseOffset, suffix + fileSuffix.deleted));
      next(error === null || error.code === 'ENOENT' ? null : error);
    });
  };
  inOrder([(next) => eachInOrder(suffixes, rename, next), (next) => state.disk.close(segment.file, next)], (error) => {
    segment.indexes = null;
    state.environment.clock.schedule(state.config.fileDeleteDelayMs, () => removeLater(state, renamed));
    done(error);
  });
}

/**
 * Nobody waits for it: what is left over is removed when the log is opened next. The log's directory may have another name
 * by now.
 */
function removeLater(state: LogState, names: readonly string[]) {
  eachInOrder(
    names,
    (name, next) => state.disk.remove(state.path(name), next),
    (error) => {
      if (error !== null) state.environment.logger.warn({ error: error.message }, 'deleted segment not removed yet');
    },
  );
}
