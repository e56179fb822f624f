import { logLimits } from '../../base/limits.ts';
import { eachInOrder, inOrder } from '../continuation.ts';
import type { EntryTable } from '../entry-table.ts';
import { fileSuffix, offsetFileName } from '../file-names.ts';
import { type Finished, type LogDone, LogError, type LogFailure } from '../log-error.ts';
import type { LogState } from '../log-state.ts';
import { retireSegment } from '../retention.ts';
import { dataSuffixes, emptyIndexes, Segment } from '../segment.ts';
import type { CleanedSegment, ReplaceVerdict } from './cleaning-request.ts';

/**
 * Puts a cleaned segment in the place of those that it was made from. Its files lie there, durable, as `.cleaned`. They
 * are renamed to `.swap`; when the last of them is, and that is durable, the cleaned segment counts: a crash from then on
 * is followed by what is left to do here. The old files become `.deleted`, and the new ones get their own names. Reads go
 * to the new segment as soon as it counts. Runs with `flushes` held; a failure takes the directory offline.
 */
export function replaceSegments(state: LogState, cleaned: CleanedSegment, done: LogDone<ReplaceVerdict>) {
  if (state.isClosed || state.failure !== null || state.cleaningBars > 0) return done(null, 'stop');
  const first = state.segments.findIndex((segment) => segment.baseOffset === cleaned.baseOffset);
  if (first < 0 || !areThere(state, cleaned, first)) return done(null, 'gone');
  const segment = segmentOf(state, cleaned);
  const suffixes = dataSuffixes.filter((suffix) => suffix !== fileSuffix.transactionIndex || cleaned.hasAborts);
  return loadCleaned(state, segment, suffixes, (error) => {
    if (error === null) swap(state, segment, first, cleaned.sources.length, suffixes, done);
    else state.disk.close(segment.file, () => done(error, 'stop'));
  });
}

function swap(
  state: LogState,
  segment: Segment,
  first: number,
  count: number,
  suffixes: readonly string[],
  done: LogDone<ReplaceVerdict>,
): void {
  const renameAll = (from: string, to: string, next: Finished) =>
    eachInOrder(
      suffixes,
      (suffix, each) => state.disk.rename(segment.path(suffix) + from, segment.path(suffix) + to, each),
      next,
    );
  let old: Segment[] = [];
  inOrder(
    [
      (next) => renameAll(fileSuffix.cleaned, fileSuffix.swap, next),
      (next) => {
        old = state.segments.splice(first, count, segment);
        for (const each of old) each.isGone = true;
        next(null);
      },
      (next) => eachInOrder(old, (each, retired) => retireSegment(state, each, each !== old[0], retired), next),
      (next) => renameAll(fileSuffix.swap, '', next),
    ],
    (error) => {
      if (error === null) state.loadedIndexes.note(segment);
      else failed(state, segment, error);
      done(error, 'replaced');
    },
  );
}

/** Whether what was cleaned still lies in the log, in one piece, and none of it is active. */
function areThere(state: LogState, cleaned: CleanedSegment, first: number): boolean {
  const { segments } = state;
  if (first + cleaned.sources.length >= segments.length) return false;
  return cleaned.sources.every((baseOffset, index) => segments[first + index].baseOffset === baseOffset);
}

/** The new segment, whose file has the name that it has when it begins to count. */
function segmentOf(state: LogState, cleaned: CleanedSegment): Segment {
  const name = offsetFileName(cleaned.baseOffset, fileSuffix.log) + fileSuffix.cleaned;
  const nowMs = state.environment.clock.wallMs();
  const segment = new Segment(state.directory, state.disk.file(state.path(name)), cleaned.baseOffset, nowMs);
  segment.sizeBytes = cleaned.sizeBytes;
  segment.stagedBytes = cleaned.sizeBytes;
  segment.warmFromBytes = cleaned.sizeBytes;
  segment.maxTimestampMs = cleaned.maxTimestampMs;
  segment.offsetOfMaxTimestamp = cleaned.offsetOfMaxTimestamp;
  segment.mayHaveAborts = cleaned.hasAborts;
  segment.isFlushed = true;
  return segment;
}

/** While files change their names indexes could not be found: they are in memory before that begins. */
function loadCleaned(state: LogState, segment: Segment, suffixes: readonly string[], done: Finished): void {
  const indexes = emptyIndexes(segment.baseOffset);
  const tables: Readonly<Record<string, EntryTable>> = {
    [fileSuffix.offsetIndex]: indexes.offsets.table,
    [fileSuffix.timeIndex]: indexes.times.table,
    [fileSuffix.transactionIndex]: indexes.transactions.table,
  };
  eachInOrder(
    suffixes.filter((suffix) => suffix !== fileSuffix.log),
    (suffix, next) => {
      const path = segment.path(suffix) + fileSuffix.cleaned;
      state.disk.readFile(path, logLimits.indexFileBytes, (error, bytes) => {
        if (error === null) tables[suffix].adopt(bytes);
        next(error);
      });
    },
    (error) => {
      segment.indexes = indexes;
      const isSane = error !== null || (indexes.offsets.isSane(segment.sizeBytes) && indexes.times.isSane());
      done(isSane ? error : new LogError('corrupt', `the indexes of ${segment.file.path} are not what was written`));
    },
  );
}

/** Names are half changed, and who reads the log by them is led astray: it is put right when it is opened next. */
function failed(state: LogState, segment: Segment, error: LogFailure): void {
  state.failure ??= error;
  state.disk.fail(`${segment.file.path} could not be put in its place: ${error.message}`);
}
