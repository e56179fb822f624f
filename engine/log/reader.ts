import { assert } from '../base/assert.ts';
import { logLimits } from '../base/limits.ts';
import { batchHeaderBytes, logOverheadBytes } from '../protocol/batch-layout.ts';
import { batchBaseOffset, batchLastOffset, batchSizeBytes } from '../protocol/records/batch-view.ts';
import { scanBatches } from './batch-scanner.ts';
import { loadIndexes } from './index-loader.ts';
import { type LogDone, LogError } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { type Segment, segmentIndexFor } from './segment.ts';

/**
 * Where a read begins and how far it may go.
 * - found: `lengthBytes` from `positionBytes` on, in one segment. - empty: nothing between the offset and the bound.
 * - out-of-range: below the log start or above the log end.
 */
export interface ReadLocation {
  readonly status: 'found' | 'empty' | 'out-of-range';
  readonly segment: Segment | null;
  readonly positionBytes: number;
  readonly lengthBytes: number;
  /** Size of the first batch where the look-up came by it, else 0. */
  readonly firstBatchBytes: number;
  readonly fetchOffset: number;
  readonly upToOffset: number;
  /** When the range ends exactly before the batch with this offset; -1 where it must be looked for in the bytes. */
  readonly endOffset: number;
}

export interface ReadResult {
  /** Whole batches from the start of the target. */
  readonly lengthBytes: number;
  /** Where the reader goes on. */
  readonly nextOffset: number;
  /** When not 0, the first batch did not fit: locate and read again with so many bytes, until it is 0. */
  readonly requiredBytes: number;
}

const outOfRange: ReadLocation = emptyLocation('out-of-range');
const nothing: ReadLocation = emptyLocation('empty');
const noResult: ReadResult = { lengthBytes: 0, nextOffset: -1, requiredBytes: 0 };

function emptyLocation(status: 'empty' | 'out-of-range'): ReadLocation {
  const none = { segment: null, positionBytes: 0, lengthBytes: 0, firstBatchBytes: 0 };
  return { status, ...none, fetchOffset: -1, upToOffset: 0, endOffset: -1 };
}

/** Reads whole batches of one segment, bounded by an offset that must lie between batches. */
export class LogReader {
  readonly #state: LogState;

  constructor(state: LogState) {
    this.#state = state;
  }

  /**
   * Finds the batch that holds `offset`, or the next one. `lengthBytes` is at most `maxBytes`; with `minOneBatch` it
   * covers the first batch where its size is known, and `readInto` says so where it is not.
   */
  locate(offset: number, maxBytes: number, upToOffset: number, minOneBatch: boolean, done: LogDone<ReadLocation>) {
    const state = this.#state;
    if (state.isClosed) return done(new LogError('closed', `the log ${state.directory} is closed`), outOfRange);
    if (offset < state.logStartOffset || offset > state.logEndOffset) return done(null, outOfRange);
    const bound = Math.min(upToOffset, state.logEndOffset);
    if (offset >= bound) return done(null, nothing);
    const positions = state.positions;
    if (positions.find(offset)) {
      return this.#settle(positions.segment!, positions.positionBytes, 0, offset, maxBytes, bound, minOneBatch, done);
    }
    return this.#search(offset, segmentIndexFor(state.segments, offset), maxBytes, bound, minOneBatch, done);
  }

  /** An estimate, without touching the disk, of the bytes between two offsets. Exact for offsets that were just used. */
  bytesBetween(offset: number, upToOffset: number): number {
    const state = this.#state;
    const bound = Math.min(upToOffset, state.logEndOffset);
    if (offset >= bound) return 0;
    const first = Math.max(0, segmentIndexFor(state.segments, offset));
    const last = Math.max(0, segmentIndexFor(state.segments, bound - 1));
    let bytes = this.#positionEstimate(bound, last) - this.#positionEstimate(offset, first);
    for (let i = first; i < last; i++) bytes += state.segments[i].sizeBytes;
    return Math.max(bytes, 1);
  }

  /** Reads what was located. `target` takes `location.lengthBytes`; a shorter one is filled with fewer batches. */
  readInto(location: ReadLocation, target: Uint8Array, done: LogDone<ReadResult>) {
    const state = this.#state;
    const segment = location.segment;
    assert(segment !== null, 'a read needs a location');
    if (segment.isGone || state.isClosed) return done(new LogError('gone', `${segment.file.path} is gone`), noResult);
    const length = Math.min(location.lengthBytes, target.length);
    const into = length === target.length ? target : target.subarray(0, length);
    const isRecent = this.#isRecent(segment, location.positionBytes);
    state.disk.read(segment.file, location.positionBytes, into, isRecent, (error, read) => {
      // Its file may be removed by now: that is no failure of the disk.
      if (segment.isGone) return done(new LogError('gone', `${segment.file.path} is gone`), noResult);
      if (error !== null) return done(error, noResult);
      if (read === location.lengthBytes && location.endOffset >= 0) {
        state.positions.remember(location.endOffset, segment, location.positionBytes + read);
        return done(null, { lengthBytes: read, nextOffset: location.endOffset, requiredBytes: 0 });
      }
      return this.#wholeBatches(location, segment, into, read, done);
    });
  }

  #wholeBatches(location: ReadLocation, segment: Segment, bytes: Uint8Array, read: number, done: LogDone<ReadResult>) {
    let at = 0;
    let nextOffset = location.fetchOffset;
    while (at + batchHeaderBytes <= read) {
      const size = batchSizeBytes(bytes, at);
      const lastOffset = batchLastOffset(bytes, at);
      if (at + size > read || lastOffset >= location.upToOffset) break;
      if (size < batchHeaderBytes || lastOffset < nextOffset) {
        // What was good until here is answered; the next read, which begins here, says what it met.
        if (at > 0) break;
        return done(new LogError('corrupt', `${segment.file.path} at ${location.positionBytes}`), noResult);
      }
      nextOffset = lastOffset + 1;
      at += size;
    }
    if (at > 0) {
      this.#state.positions.remember(nextOffset, segment, location.positionBytes + at);
      return done(null, { lengthBytes: at, nextOffset, requiredBytes: 0 });
    }
    return this.#tooSmall(location, segment, bytes, read, done);
  }

  /** Not even the first batch fits: it lies beyond the bound, is larger than the target, or is none. */
  #tooSmall(location: ReadLocation, segment: Segment, bytes: Uint8Array, read: number, done: LogDone<ReadResult>) {
    const rest = segment.sizeBytes - location.positionBytes;
    const corrupt = () => done(new LogError('corrupt', `${segment.file.path} at ${location.positionBytes}`), noResult);
    if (rest < batchHeaderBytes) return corrupt();
    if (read < logOverheadBytes) return done(null, { ...noResult, requiredBytes: batchHeaderBytes });
    const size = batchSizeBytes(bytes, 0);
    if (size < batchHeaderBytes || size > rest) return corrupt();
    if (size <= read) return done(null, noResult);
    return done(null, { ...noResult, requiredBytes: size });
  }

  /** Looks for the offset with the index, then batch by batch; on from segment to segment where cleaning left a gap. */
  #search(
    offset: number,
    segmentAt: number,
    maxBytes: number,
    bound: number,
    minOneBatch: boolean,
    done: LogDone<ReadLocation>,
  ) {
    const state = this.#state;
    const segment = state.segments[Math.max(0, segmentAt)];
    if (segment === undefined || segment.baseOffset >= bound) return done(null, nothing);
    loadIndexes(state, segment, (loadError) => {
      // Replaced or deleted meanwhile: what is there now is looked through.
      const again = () => this.locate(offset, maxBytes, bound, minOneBatch, done);
      if (segment.isGone) return again();
      if (loadError !== null) return done(loadError, nothing);
      if (segment.indexes === null) return done(new LogError('gone', segment.file.path), nothing);
      findBatch(state, segment, segment.indexes.offsets.positionFor(offset), offset, (error, batch) => {
        if (segment.isGone) return again();
        if (error !== null) return done(error, nothing);
        if (batch.sizeBytes > 0)
          return this.#settle(
            segment,
            batch.positionBytes,
            batch.sizeBytes,
            offset,
            maxBytes,
            bound,
            minOneBatch,
            done,
          );
        const next = state.segments.indexOf(segment) + 1;
        if (next >= state.segments.length) return done(null, nothing);
        return this.#search(offset, next, maxBytes, bound, minOneBatch, done);
      });
    });
  }

  #settle(
    from: Segment,
    position: number,
    firstBatchBytes: number,
    offset: number,
    maxBytes: number,
    bound: number,
    minOneBatch: boolean,
    done: LogDone<ReadLocation>,
  ) {
    const state = this.#state;
    let segment = from;
    let positionBytes = position;
    if (positionBytes >= segment.sizeBytes) {
      let next = state.segments.indexOf(segment) + 1;
      while (next < state.segments.length && state.segments[next].sizeBytes === 0) next++;
      if (next === 0 || next >= state.segments.length) return done(null, nothing);
      segment = state.segments[next];
      positionBytes = 0;
      state.positions.remember(offset, segment, 0);
    }
    let limitBytes = segment.sizeBytes;
    let endOffset = -1;
    if (state.positions.find(bound) && state.positions.segment === segment) {
      limitBytes = Math.min(limitBytes, state.positions.positionBytes);
      endOffset = bound;
    }
    const rest = limitBytes - positionBytes;
    let lengthBytes = Math.min(maxBytes, rest);
    if (minOneBatch && lengthBytes < firstBatchBytes) lengthBytes = Math.min(firstBatchBytes, rest);
    if (lengthBytes < rest) endOffset = -1;
    if (rest <= 0) return done(null, nothing);
    return done(null, {
      status: 'found',
      segment,
      positionBytes,
      lengthBytes,
      firstBatchBytes,
      fetchOffset: offset,
      upToOffset: bound,
      endOffset,
    });
  }

  #positionEstimate(offset: number, segmentAt: number): number {
    const state = this.#state;
    const segment = state.segments[segmentAt];
    if (state.positions.find(offset) && state.positions.segment === segment) return state.positions.positionBytes;
    if (offset >= state.logEndOffset) return segment.sizeBytes;
    return segment.indexes === null ? 0 : segment.indexes.offsets.positionFor(offset);
  }

  /** Written by this process, and not long ago. */
  #isRecent(segment: Segment, positionBytes: number): boolean {
    if (positionBytes < segment.warmFromBytes) return false;
    const writtenBefore = segment.appendedBefore + positionBytes - segment.warmFromBytes;
    return this.#state.appendedBytes - writtenBefore <= logLimits.recentBytes;
  }
}

/** What `findBatch` found; `sizeBytes` 0 is nothing. */
export interface FoundBatch {
  readonly positionBytes: number;
  readonly sizeBytes: number;
  readonly baseOffset: number;
}

const noBatch: FoundBatch = { positionBytes: -1, sizeBytes: 0, baseOffset: -1 };

/** Finds the first batch, at `fromBytes` or after, whose last offset is at or after `offset`. */
export function findBatch(
  state: LogState,
  segment: Segment,
  fromBytes: number,
  offset: number,
  answer: LogDone<FoundBatch>,
) {
  const done = segment.held(answer);
  let found = noBatch;
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
    (bytes, at, sizeBytes, positionBytes) => {
      if (batchLastOffset(bytes, at) < offset) return true;
      found = { positionBytes, sizeBytes, baseOffset: batchBaseOffset(bytes, at) };
      return false;
    },
    (error, endBytes, outcome) => {
      if (error !== null) return done(error, noBatch);
      if (outcome === 'corrupt' || outcome === 'torn') {
        return done(new LogError('corrupt', `${segment.file.path} at ${endBytes}`), noBatch);
      }
      return done(null, found);
    },
  );
}
