import { logLimits } from '../base/limits.ts';
import { batchLastOffset } from '../protocol/records/batch-view.ts';
import { scanBatches } from './batch-scanner.ts';
import { eachInOrder, repeat } from './continuation.ts';
import { fileSuffix, offsetFileName } from './file-names.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { decodeProducerSnapshot } from './producer-snapshot.ts';
import { takeSnapshot } from './roll.ts';
import { type Segment, segmentIndexFor } from './segment.ts';

/**
 * Brings the producers' state to the log end: from the newest snapshot at or below `trustedOffset` that is whole, then
 * batch by batch. Transaction indexes in memory get the aborts they lack.
 */
export function restoreProducers(state: LogState, trustedOffset: number, done: Finished): void {
  loadSnapshot(state, trustedOffset, (error) => {
    if (error !== null) return done(error);
    const config = state.config;
    state.producers.removeExpired(state.environment.clock.wallMs(), config.producerIdExpirationMs);
    return replay(state, done);
  });
}

function loadSnapshot(state: LogState, trustedOffset: number, done: Finished): void {
  const candidates = state.snapshotOffsets.filter((offset) => offset <= trustedOffset);
  state.producers.clear(state.logStartOffset);
  repeat((again) => {
    const offset = candidates.pop();
    if (offset === undefined) return done(null);
    const path = state.path(offsetFileName(offset, fileSuffix.snapshot));
    return state.disk.readFile(path, logLimits.snapshotFileBytes, (error, bytes) => {
      if (error !== null && error.code !== 'ENOENT' && error.code !== 'EFBIG') return done(error);
      const producers = error === null ? decodeProducerSnapshot(bytes, state.environment.checksum) : null;
      if (producers === null) {
        state.environment.logger.warn({ path }, 'producer snapshot not usable, the log is replayed instead');
        state.snapshotOffsets = state.snapshotOffsets.filter((other) => other !== offset);
        return state.disk.remove(path, (removeError) => (removeError !== null ? done(removeError) : again()));
      }
      state.producers.load(producers, offset);
      return done(null);
    });
  });
}

function replay(state: LogState, done: Finished) {
  const from = Math.max(state.producers.mapEndOffset, state.logStartOffset);
  const finish: Finished = (error) => {
    if (state.producers.mapEndOffset < state.logEndOffset) state.producers.mapEndOffset = state.logEndOffset;
    done(error);
  };
  if (from >= state.logEndOffset) return finish(null);
  const first = Math.max(0, segmentIndexFor(state.segments, from));
  return eachInOrder(state.segments.slice(first), (segment, next) => replaySegment(state, segment, from, next), finish);
}

function replaySegment(state: LogState, segment: Segment, from: number, done: Finished): void {
  if (segment === state.activeSegment && segment.baseOffset > from) {
    state.producers.mapEndOffset = Math.max(state.producers.mapEndOffset, segment.baseOffset);
    takeSnapshot(state, segment.baseOffset);
  }
  const request = {
    file: segment.file,
    fromBytes: segment.indexes?.offsets.positionFor(from) ?? 0,
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
      if (batchLastOffset(bytes, at) < from) return true;
      const aborted = state.producers.apply(bytes, at);
      state.producers.highWatermarkMoved(state.highWatermark);
      if (aborted !== null) {
        segment.mayHaveAborts = true;
        segment.indexes?.transactions.appendNewer(aborted);
      }
      return true;
    },
    (error) => done(error),
  );
}

/**
 * Removes snapshots beyond `trustedOffset` (they may tell of records that a crash undid), and those before that belong to
 * no segment; the newest is kept.
 */
export function removeStraySnapshots(state: LogState, trustedOffset: number, done: Finished): void {
  const bases = new Set(state.segments.map((segment) => segment.baseOffset));
  const usable = state.snapshotOffsets.filter((offset) => offset <= trustedOffset);
  const newest = usable.at(-1) ?? -1;
  const kept = usable.filter((offset) => offset === newest || bases.has(offset));
  const strays = state.snapshotOffsets.filter((offset) => !kept.includes(offset));
  state.snapshotOffsets = kept;
  state.pendingSnapshots = state.pendingSnapshots.filter((snapshot) => kept.includes(snapshot.endOffset));
  eachInOrder(
    strays,
    (offset, next) => state.disk.remove(state.path(offsetFileName(offset, fileSuffix.snapshot)), next),
    done,
  );
}
