import type { DiskFile } from '../base/disk.ts';
import type { LogConfig } from './config.ts';
import { fileSuffix, offsetFileName } from './file-names.ts';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex } from './time-index.ts';
import { TransactionIndex } from './transaction-index.ts';

/** The three indexes of a segment; always in memory for the active segment, loaded when needed for sealed ones. */
export interface SegmentIndexes {
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  readonly transactions: TransactionIndex;
}

export function emptyIndexes(baseOffset: number): SegmentIndexes {
  return {
    offsets: new OffsetIndex(baseOffset),
    times: new TimeIndex(baseOffset),
    transactions: new TransactionIndex(),
  };
}

type RollLimits = Pick<
  LogConfig,
  'segmentBytes' | 'segmentMs' | 'segmentIndexBytes' | 'cleanupCompact' | 'maxCompactionLagMs'
>;

/** An active segment is not cleaned: where a topic is compacted, max.compaction.lag.ms bounds its age as well. */
function mostSegmentMs(limits: RollLimits): number {
  return limits.cleanupCompact ? Math.min(limits.segmentMs, limits.maxCompactionLagMs) : limits.segmentMs;
}

/** One `.log` file and what is known of it. */
export class Segment {
  readonly baseOffset: number;
  directory: string;
  readonly file: DiskFile;
  /** Bytes that readers may see. */
  sizeBytes = 0;
  /** Bytes including a write that is in flight. */
  stagedBytes = 0;
  indexes: SegmentIndexes | null = null;
  /** Greatest timestamp of a batch, and the last offset of that batch; -1 while unknown or empty. */
  maxTimestampMs = -1;
  offsetOfMaxTimestamp = -1;
  /** Max timestamp of the segment's first batch, from which segment.ms counts; -1 while unknown. */
  firstTimestampMs = -1;
  /** Wall clock when this process made or opened the segment. */
  readonly createdMs: number;
  /** This segment rolls so much before segment.ms is over. */
  rollJitterMs = 0;
  bytesSinceIndexEntry = 0;
  /** Bytes before this position were there before this process opened the log. */
  warmFromBytes = 0;
  /** Bytes that this process had appended to the log when it made the segment, for telling how recent a position is. */
  appendedBefore = 0;
  /** False when there is surely no aborted transaction in this segment's index. */
  mayHaveAborts = false;
  /** Deleted, or cut away: reads that were located here are answered `gone`. */
  isGone = false;
  /** Data, indexes and the file's name are durable up to the end of a sealed segment. */
  isFlushed = false;
  /** Look-ups that go through its files right now. */
  #holds = 0;
  #whenFree: (() => void)[] = [];

  constructor(directory: string, file: DiskFile, baseOffset: number, createdMs: number) {
    this.directory = directory;
    this.file = file;
    this.baseOffset = baseOffset;
    this.createdMs = createdMs;
  }

  /**
   * Whoever looks through its files in several steps holds the segment meanwhile: when it is deleted or replaced they
   * keep their names, and the descriptor stays open, until the last of them has let go. Answers `done` with that in it.
   */
  held<A extends unknown[]>(done: (...answer: A) => void): (...answer: A) => void {
    this.#holds++;
    return (...answer) => {
      this.#holds--;
      if (this.#holds === 0) for (const run of this.#whenFree.splice(0)) run();
      done(...answer);
    };
  }

  /** Calls `run` when nobody holds the segment, which may be now. To be called once `isGone` keeps new ones away. */
  whenFree(run: () => void): void {
    if (this.#holds === 0) run();
    else this.#whenFree.push(run);
  }

  path(suffix: string): string {
    return `${this.directory}/${offsetFileName(this.baseOffset, suffix)}`;
  }

  /** Notes a batch that goes to `positionBytes`; `loaded` are this segment's indexes. */
  indexBatch(
    loaded: SegmentIndexes,
    positionBytes: number,
    sizeBytes: number,
    lastOffset: number,
    maxTimestampMs: number,
    indexIntervalBytes: number,
  ): void {
    if (positionBytes === 0) this.firstTimestampMs = maxTimestampMs;
    if (maxTimestampMs > this.maxTimestampMs) {
      this.maxTimestampMs = maxTimestampMs;
      this.offsetOfMaxTimestamp = lastOffset;
    }
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      loaded.offsets.append(lastOffset, positionBytes);
      loaded.times.maybeAppend(this.maxTimestampMs, this.offsetOfMaxTimestamp);
      this.bytesSinceIndexEntry = 0;
    }
    this.bytesSinceIndexEntry += sizeBytes;
  }

  /** Kafka's rules for beginning a new segment before a batch. */
  mustRollFor(
    batchBytes: number,
    lastOffset: number,
    maxTimestampMs: number,
    nowMs: number,
    limits: RollLimits,
  ): boolean {
    if (lastOffset - this.baseOffset > 0x7fffffff) return true;
    if (this.stagedBytes === 0) return false;
    if (this.stagedBytes > limits.segmentBytes - batchBytes) return true;
    const waitedMs = this.firstTimestampMs >= 0 ? maxTimestampMs - this.firstTimestampMs : nowMs - this.createdMs;
    if (waitedMs > mostSegmentMs(limits) - this.rollJitterMs) return true;
    const loaded = this.indexes;
    if (loaded === null) return false;
    return loaded.offsets.isFull(limits.segmentIndexBytes) || loaded.times.isFull(limits.segmentIndexBytes);
  }
}

export const dataSuffixes = [
  fileSuffix.log,
  fileSuffix.offsetIndex,
  fileSuffix.timeIndex,
  fileSuffix.transactionIndex,
] as const;

/** Index of the last segment whose base offset is at or before `offset`, or -1. */
export function segmentIndexFor(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  if (high >= 0 && segments[high].baseOffset <= offset) return high;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (segments[middle].baseOffset <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}
