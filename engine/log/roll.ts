import { fileSuffix, offsetFileName } from './file-names.ts';
import type { LogState } from './log-state.ts';
import { encodeProducerSnapshot } from './producer-snapshot.ts';
import { emptyIndexes, Segment } from './segment.ts';

/**
 * Begins a segment at `baseOffset`. Nothing is written here: files come with the first write, the sealed segment's
 * indexes and the producers' state as of this offset with the flush that follows it.
 */
export function rollSegment(state: LogState, baseOffset: number, nowMs: number): Segment {
  const sealed = state.activeSegment;
  if (sealed !== null) {
    sealed.indexes!.times.maybeAppend(sealed.maxTimestampMs, sealed.offsetOfMaxTimestamp);
    state.producers.mapEndOffset = baseOffset;
    takeSnapshot(state, baseOffset);
  }
  const segment = newSegment(state, baseOffset, nowMs);
  state.segments.push(segment);
  return segment;
}

/** A segment without a byte in it. */
export function newSegment(state: LogState, baseOffset: number, nowMs: number): Segment {
  const path = state.path(offsetFileName(baseOffset, fileSuffix.log));
  const segment = new Segment(state.directory, state.disk.file(path), baseOffset, nowMs);
  segment.indexes = emptyIndexes(baseOffset);
  segment.appendedBefore = state.appendedBytes;
  segment.rollJitterMs = rollJitterMs(state);
  state.areNamesDirty = true;
  return segment;
}

/** Keeps the producers as they are now, to be written as the snapshot that ends before `endOffset`. */
export function takeSnapshot(state: LogState, endOffset: number): void {
  const newest = state.snapshotOffsets.at(-1) ?? -1;
  if (endOffset <= newest) return;
  const bytes = encodeProducerSnapshot(state.producers.entries(), state.environment.checksum);
  state.pendingSnapshots.push({ endOffset, bytes });
  state.snapshotOffsets.push(endOffset);
}

function rollJitterMs(state: LogState): number {
  const most = Math.min(state.config.segmentJitterMs, state.config.segmentMs);
  return most > 0 && Number.isFinite(most) ? state.environment.random.below(Math.min(most, 0x7fffffff)) : 0;
}
