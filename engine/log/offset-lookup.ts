import { type CompressionCodec, CompressionError, compressionCodec } from '../base/codec.ts';
import { logLimits } from '../base/limits.ts';
import { batchHeaderBytes } from '../protocol/batch-layout.ts';
import { batchBaseOffset, batchCodec, batchLastOffset, batchMaxTimestamp } from '../protocol/records/batch-view.ts';
import { RecordCursor } from '../protocol/records/record-cursor.ts';
import { scanBatches } from './batch-scanner.ts';
import { repeat } from './continuation.ts';
import { loadIndexes, loadMaxTimestamp } from './index-loader.ts';
import { type Finished, type LogDone, LogError } from './log-error.ts';
import type { LogState } from './log-state.ts';
import type { Segment } from './segment.ts';

/** Timestamps of ListOffsets that name a place rather than a time. */
export const lookupTimestamp = {
  latest: -1,
  earliest: -2,
  maxTimestamp: -3,
  earliestLocal: -4,
  latestTiered: -5,
  earliestPendingUpload: -6,
} as const;

/** `offset` -1: there is no such record. */
export interface OffsetAndTimestamp {
  readonly offset: number;
  /** -1 for the named places other than the greatest timestamp. */
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

const noSuchOffset: OffsetAndTimestamp = { offset: -1, timestampMs: -1, leaderEpoch: -1 };

/**
 * The first record with a timestamp at or after `timestampMs`, or the named place. `latest` is the log end: what bounds
 * it (high watermark, last stable offset) is the replica layer's to know.
 */
export function lookUpOffset(state: LogState, timestampMs: number, done: LogDone<OffsetAndTimestamp>) {
  switch (timestampMs) {
    case lookupTimestamp.latest:
      return done(null, { offset: state.logEndOffset, timestampMs: -1, leaderEpoch: state.epochs.latestEpoch });
    case lookupTimestamp.earliest:
    case lookupTimestamp.earliestLocal:
      return done(null, at(state, state.logStartOffset, -1));
    case lookupTimestamp.latestTiered:
    case lookupTimestamp.earliestPendingUpload:
      return done(null, noSuchOffset);
    case lookupTimestamp.maxTimestamp:
      return lookUpMaxTimestamp(state, done);
    default:
      return timestampMs < 0 ? done(null, noSuchOffset) : lookUpTimestamp(state, timestampMs, done);
  }
}

function at(state: LogState, offset: number, timestampMs: number): OffsetAndTimestamp {
  return { offset, timestampMs, leaderEpoch: state.epochs.epochForOffset(offset) };
}

function lookUpMaxTimestamp(state: LogState, done: LogDone<OffsetAndTimestamp>) {
  eachMaxTimestamp(state, (error, segments) => {
    if (error !== null) return done(error, noSuchOffset);
    let best: Segment | null = null;
    for (const segment of segments) {
      if (segment.maxTimestampMs >= 0 && segment.maxTimestampMs > (best?.maxTimestampMs ?? -1)) best = segment;
    }
    if (best === null) return done(null, noSuchOffset);
    const { maxTimestampMs, offsetOfMaxTimestamp } = best;
    return findInSegment(
      state,
      best,
      maxTimestampMs,
      Math.max(state.logStartOffset, best.baseOffset),
      (findError, found) => {
        if (findError !== null || found !== null) return done(findError, found ?? noSuchOffset);
        return done(null, at(state, offsetOfMaxTimestamp, maxTimestampMs));
      },
    );
  });
}

function eachMaxTimestamp(state: LogState, done: LogDone<readonly Segment[]>) {
  const segments = [...state.segments];
  let index = 0;
  repeat((again) => {
    if (index >= segments.length) return done(null, segments);
    return loadMaxTimestamp(state, segments[index++], (error) => (error === null ? again() : done(error, segments)));
  });
}

function lookUpTimestamp(state: LogState, timestampMs: number, done: LogDone<OffsetAndTimestamp>) {
  const segments = [...state.segments];
  let index = 0;
  repeat((again) => {
    const segment = segments[index++];
    if (segment === undefined) return done(null, noSuchOffset);
    return loadMaxTimestamp(state, segment, (error) => {
      if (error !== null) return done(error, noSuchOffset);
      if (segment.isGone) return done(new LogError('gone', segment.file.path), noSuchOffset);
      if (segment.maxTimestampMs < timestampMs) return again();
      return findInSegment(state, segment, timestampMs, state.logStartOffset, (findError, found) => {
        if (findError !== null || found !== null) return done(findError, found ?? noSuchOffset);
        return again();
      });
    });
  });
}

/** The first record of a segment, at `startOffset` or after, with a timestamp at or after the one given. */
function findInSegment(
  state: LogState,
  segment: Segment,
  timestampMs: number,
  startOffset: number,
  answer: LogDone<OffsetAndTimestamp | null>,
) {
  const done = segment.held(answer);
  loadIndexes(state, segment, (loadError) => {
    if (loadError !== null) return done(loadError, null);
    if (segment.indexes === null) return done(new LogError('gone', segment.file.path), null);
    const { offsets, times } = segment.indexes;
    const entry = times.indexFor(timestampMs);
    const indexed = entry < 0 ? segment.baseOffset : times.offsetAt(entry);
    let fromBytes = offsets.positionFor(Math.max(indexed, startOffset));
    return repeat((again) => {
      findByHeader(state, segment, fromBytes, timestampMs, startOffset, (error, positionBytes, sizeBytes) => {
        if (error !== null || sizeBytes === 0) return done(error, null);
        fromBytes = positionBytes + sizeBytes;
        return findInBatch(state, segment, positionBytes, sizeBytes, timestampMs, startOffset, (batchError, found) => {
          if (batchError !== null || found !== null) return done(batchError, found);
          return again();
        });
      });
    });
  });
}

function findByHeader(
  state: LogState,
  segment: Segment,
  fromBytes: number,
  timestampMs: number,
  startOffset: number,
  done: (error: Parameters<Finished>[0], positionBytes: number, sizeBytes: number) => void,
) {
  let position = -1;
  let size = 0;
  const request = {
    file: segment.file,
    fromBytes,
    toBytes: segment.sizeBytes,
    fromOffset: segment.baseOffset,
    baseOffset: segment.baseOffset,
    checksum: null,
    chunkBytes: logLimits.lookupChunkBytes,
  };
  scanBatches(
    state.disk,
    request,
    (bytes, start, length, positionBytes) => {
      if (batchMaxTimestamp(bytes, start) < timestampMs || batchLastOffset(bytes, start) < startOffset) return true;
      position = positionBytes;
      size = length;
      return false;
    },
    (error) => done(error, position, size),
  );
}

/** Walks the records of one batch. A batch too large to be inflated is answered by its first offset. */
function findInBatch(
  state: LogState,
  segment: Segment,
  positionBytes: number,
  sizeBytes: number,
  timestampMs: number,
  startOffset: number,
  done: LogDone<OffsetAndTimestamp | null>,
) {
  const batch = new Uint8Array(Math.min(sizeBytes, logLimits.lookupBatchBytes));
  state.disk.read(segment.file, positionBytes, batch, false, (error, read) => {
    if (error !== null) return done(error, null);
    if (read < batch.length) return done(new LogError('corrupt', `${segment.file.path} at ${positionBytes}`), null);
    const whole = at(state, Math.max(batchBaseOffset(batch, 0), startOffset), batchMaxTimestamp(batch, 0));
    if (batch.length < sizeBytes) return done(null, whole);
    const cursor = openRecords(state, batch);
    if (cursor === null) return done(null, whole);
    while (cursor.next()) {
      if (cursor.timestampMs < timestampMs || cursor.offset < startOffset) continue;
      return done(null, at(state, cursor.offset, cursor.timestampMs));
    }
    return done(null, cursor.fault === null ? null : whole);
  });
}

/** Null where the records can't be inflated within the limit. */
function openRecords(state: LogState, batch: Uint8Array): RecordCursor | null {
  const cursor = new RecordCursor();
  const codec = batchCodec(batch, 0);
  if (codec === compressionCodec.none) {
    cursor.openBatch(batch, 0);
    return cursor;
  }
  if (codec > compressionCodec.zstd) return null;
  try {
    const compression = state.environment.compression;
    const records = batch.subarray(batchHeaderBytes);
    cursor.openInflated(
      batch,
      0,
      compression.decompress(codec as CompressionCodec, records, logLimits.lookupBatchBytes),
    );
    return cursor;
  } catch (error) {
    if (error instanceof CompressionError) return null;
    throw error;
  }
}
