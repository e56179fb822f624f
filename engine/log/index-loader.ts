import type { DiskError } from '../base/disk.ts';
import { logLimits } from '../base/limits.ts';
import { batchLastOffset, batchMaxTimestamp } from '../protocol/records/batch-view.ts';
import { scanBatches } from './batch-scanner.ts';
import { eachInOrder, inOrder } from './continuation.ts';
import type { EntryTable } from './entry-table.ts';
import { fileSuffix } from './file-names.ts';
import { type Finished, LogError } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { emptyIndexes, type Segment, type SegmentIndexes } from './segment.ts';
import { TimeIndex, timeIndexEntryBytes } from './time-index.ts';

/**
 * Brings a segment's indexes into memory. An offset or time index that is missing, torn or not in order is rebuilt from
 * the batches; a transaction index that is not in order can't be (it needs the producers' history) and is reported.
 */
export function loadIndexes(state: LogState, segment: Segment, done: Finished): void {
  if (segment.isGone) done(new LogError('gone', `${segment.file.path} is gone`));
  else if (segment.indexes !== null) done(null);
  else loadFiles(state, segment, segment.held(done));
}

function loadFiles(state: LogState, segment: Segment, done: Finished): void {
  const loaded = emptyIndexes(segment.baseOffset);
  const maxBytes = logLimits.indexFileBytes;
  let isSound = true;
  const load = (suffix: string, table: EntryTable, mustExist: boolean, next: Finished) =>
    state.disk.readFile(segment.path(suffix), maxBytes, (error, bytes) => {
      if (error === null && bytes.length % table.entryBytes === 0) table.adopt(bytes);
      else if (error === null || error.code === 'EFBIG' || (mustExist && error.code === 'ENOENT')) isSound = false;
      else if (error.code !== 'ENOENT') return next(error);
      return next(null);
    });
  inOrder(
    [
      (next) => load(fileSuffix.offsetIndex, loaded.offsets.table, true, next),
      (next) => load(fileSuffix.timeIndex, loaded.times.table, true, next),
      (next) => loadTransactions(state, segment, loaded, next),
    ],
    (error) => {
      if (error !== null) return done(error);
      if (isSound && areSane(state, segment, loaded)) {
        return done(install(state, segment, loaded));
      }
      return rebuild(state, segment, loaded, done);
    },
  );
}

function loadTransactions(state: LogState, segment: Segment, loaded: SegmentIndexes, next: Finished): void {
  state.disk.readFile(segment.path(fileSuffix.transactionIndex), logLimits.indexFileBytes, (error, bytes) => {
    if (error !== null) return next(error.code === 'ENOENT' ? null : error);
    const table = loaded.transactions.table;
    table.adopt(bytes);
    if (bytes.length % table.entryBytes === 0 && loaded.transactions.isSane(segment.baseOffset)) return next(null);
    return next(new LogError('corrupt', `${segment.path(fileSuffix.transactionIndex)} is not a transaction index`));
  });
}

/** Fills offset and time index from the segment's batches, and replaces the files. */
function rebuild(state: LogState, segment: Segment, loaded: SegmentIndexes, done: Finished): void {
  state.environment.logger.warn({ segment: segment.file.path }, 'index rebuilt from the segment');
  const fresh: SegmentIndexes = { ...emptyIndexes(segment.baseOffset), transactions: loaded.transactions };
  segment.bytesSinceIndexEntry = 0;
  const request = {
    file: segment.file,
    fromBytes: 0,
    toBytes: segment.sizeBytes,
    fromOffset: segment.baseOffset,
    baseOffset: segment.baseOffset,
    checksum: null,
    chunkBytes: logLimits.scanChunkBytes,
  };
  scanBatches(
    state.disk,
    request,
    (bytes, at, length, positionBytes) => {
      const lastOffset = batchLastOffset(bytes, at);
      const interval = state.config.indexIntervalBytes;
      segment.indexBatch(fresh, positionBytes, length, lastOffset, batchMaxTimestamp(bytes, at), interval);
      return true;
    },
    (error, _endBytes, outcome) => {
      if (error !== null) return done(error);
      if (outcome !== 'end') return done(new LogError('corrupt', `${segment.file.path} holds a broken batch`));
      fresh.times.maybeAppend(segment.maxTimestampMs, segment.offsetOfMaxTimestamp);
      return replaceIndexFiles(state, segment, fresh, (replaceError) =>
        done(replaceError ?? install(state, segment, fresh)),
      );
    },
  );
}

/** A sealed segment that has a record has an entry in its time index, written when it was sealed. */
function areSane(state: LogState, segment: Segment, loaded: SegmentIndexes): boolean {
  const lacksTimes = segment !== state.activeSegment && segment.sizeBytes > 0 && loaded.times.table.count === 0;
  return !lacksTimes && loaded.offsets.isSane(segment.sizeBytes) && loaded.times.isSane();
}

/**
 * A sealed segment may lie below the recovery point, where a crash makes nobody look again: its files are replaced as a
 * whole. Those of the active segment are begun anew.
 */
function replaceIndexFiles(state: LogState, segment: Segment, fresh: SegmentIndexes, done: Finished) {
  const tables = [
    [fileSuffix.offsetIndex, fresh.offsets.table],
    [fileSuffix.timeIndex, fresh.times.table],
  ] as const;
  eachInOrder(
    tables,
    ([suffix, table], next) => {
      if (segment === state.activeSegment) return state.disk.remove(segment.path(suffix), next);
      return state.disk.replaceFile(segment.path(suffix), table.unpersisted(), (error) => {
        if (error === null) table.persistedCount = table.count;
        next(error);
      });
    },
    done,
  );
}

function install(state: LogState, segment: Segment, loaded: SegmentIndexes): null {
  segment.indexes = loaded;
  const times = loaded.times;
  const last = times.table.count - 1;
  if (last >= 0 && times.timestampAt(last) > segment.maxTimestampMs) {
    segment.maxTimestampMs = times.timestampAt(last);
    segment.offsetOfMaxTimestamp = times.offsetAt(last);
  }
  if (segment !== state.activeSegment) state.loadedIndexes.note(segment);
  return null;
}

/** Reads the max timestamp of a segment's first batch, from which segment.ms counts. */
export function loadFirstTimestamp(state: LogState, segment: Segment, done: (error: DiskError | null) => void): void {
  const header = new Uint8Array(logLimits.headerReadBytes);
  state.disk.read(segment.file, 0, header, false, (error, read) => {
    if (error === null && read === header.length) segment.firstTimestampMs = batchMaxTimestamp(header, 0);
    done(error);
  });
}

/** Makes a segment's greatest timestamp known: from the last entry of its time index, which is written when it is sealed. */
export function loadMaxTimestamp(state: LogState, segment: Segment, done: Finished) {
  if (segment.maxTimestampMs >= 0 || segment.indexes !== null || segment.sizeBytes === 0) return done(null);
  if (segment.isGone) return done(new LogError('gone', `${segment.file.path} is gone`));
  return readMaxTimestamp(state, segment, segment.held(done));
}

function readMaxTimestamp(state: LogState, segment: Segment, done: Finished) {
  const path = segment.path(fileSuffix.timeIndex);
  return state.disk.size(path, (error, sizeBytes) => {
    if (error !== null) return done(error);
    if (sizeBytes < timeIndexEntryBytes || sizeBytes % timeIndexEntryBytes !== 0)
      return loadIndexes(state, segment, done);
    const last = new Uint8Array(timeIndexEntryBytes);
    const file = state.disk.file(path);
    return state.disk.read(file, sizeBytes - timeIndexEntryBytes, last, false, (readError, read) => {
      state.disk.close(file, (closeError) => {
        if (readError !== null || closeError !== null) return done(readError ?? closeError);
        const times = new TimeIndex(segment.baseOffset);
        times.table.adopt(last);
        if (read < timeIndexEntryBytes || !times.isSane()) {
          return loadIndexes(state, segment, done);
        }
        segment.maxTimestampMs = times.timestampAt(0);
        segment.offsetOfMaxTimestamp = times.offsetAt(0);
        return done(null);
      });
    });
  });
}
