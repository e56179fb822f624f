import type { Uuid } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import type { Checksum, Compression } from '../base/codec.ts';
import type { Disk } from '../base/disk.ts';
import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';
import type { LogConfig } from './config.ts';
import { TaskQueue } from './continuation.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import { LoadedIndexes } from './loaded-indexes.ts';
import type { LogFailure } from './log-error.ts';
import { PositionCache } from './position-cache.ts';
import { ProducerState } from './producer-state.ts';
import type { Segment } from './segment.ts';

/** What a log needs from around it; one object serves all logs of a thread. */
export interface LogEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly logger: Logger;
  /** Hears how long a flush took. */
  readonly flushed?: (ms: number) => void;
}

/** A cleaning of the log, seen by those who must not have one. */
export interface ActiveCleaning {
  /** Makes it end soon. */
  stop(): void;
  /** To be called when it has ended. */
  readonly whenEnded: (() => void)[];
}

export interface PendingSnapshot {
  readonly endOffset: number;
  readonly bytes: Uint8Array;
}

/** The mutable state of one partition's log, shared by the parts that work on it. */
export class LogState {
  readonly disk: Disk;
  readonly environment: LogEnvironment;
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  /** Path of the partition's directory in its log directory; another one once a future log has become the current one. */
  directory: string;
  config: LogConfig;

  /** By ascending base offset; the last one is active. Empty until the first append. */
  segments: Segment[] = [];
  epochs = new LeaderEpochs();
  producers: ProducerState;
  readonly positions = new PositionCache();
  readonly loadedIndexes = new LoadedIndexes();

  /** First offset that may be read. */
  logStartOffset = 0;
  /** Offset after the last written batch: what readers see. */
  logEndOffset = 0;
  /** Offset after the last staged batch: what the next batch gets. */
  stagedEndOffset = 0;
  /** Known from the replica layer; bounds the last stable offset. */
  highWatermark = 0;
  /** All records below are durable. */
  flushedOffset = 0;
  /** Records below were compacted, as far as they had to be; 0 where none were. */
  cleanedOffset = 0;
  /** The cleaning that is under way. */
  cleaning: ActiveCleaning | null = null;
  /** Who keeps the log from being cleaned right now. */
  cleaningBars = 0;
  /** Wall clock of the last flush. */
  lastFlushMs: number;
  /** Bytes that this process appended. */
  appendedBytes = 0;

  isDirectoryMade = false;
  /** Files were made, renamed or removed since the directory was last made durable. */
  areNamesDirty = false;
  isClosed = false;
  /** Why the log cannot be written any more. */
  failure: LogFailure | null = null;
  /** End offsets of the snapshot files, ascending. */
  snapshotOffsets: number[] = [];
  /** Snapshots taken when a segment rolled, not yet on disk. */
  pendingSnapshots: PendingSnapshot[] = [];

  /** Held by a write in flight, and by whatever changes the list of segments other than a roll. */
  readonly writes = new TaskQueue();
  /** Held by a flush, and by whatever removes files. Taken after `writes` where both are needed. */
  readonly flushes = new TaskQueue();

  constructor(
    disk: Disk,
    environment: LogEnvironment,
    topic: string,
    partition: number,
    topicId: Uuid,
    directory: string,
    config: LogConfig,
    maxProducers: number,
  ) {
    this.disk = disk;
    this.environment = environment;
    this.topic = topic;
    this.partition = partition;
    this.topicId = topicId;
    this.directory = directory;
    this.config = config;
    this.producers = new ProducerState(maxProducers);
    this.lastFlushMs = environment.clock.wallMs();
  }

  get activeSegment(): Segment | null {
    const count = this.segments.length;
    return count === 0 ? null : this.segments[count - 1];
  }

  /**
   * From here on a log is verified after a crash. It lies in the first segment that is not flushed together with its
   * indexes, however far its records are: those of a segment that is written are flushed when it is sealed.
   */
  get recoveryPoint(): number {
    const at = this.segments.findIndex((segment) => !segment.isFlushed);
    if (at < 0 || this.segments[at].baseOffset >= this.flushedOffset) return this.flushedOffset;
    const endOffset = this.segments[at + 1]?.baseOffset ?? this.flushedOffset;
    return Math.min(this.flushedOffset, endOffset) - 1;
  }

  /** First offset of the oldest transaction that is not decided below the high watermark, else the high watermark. */
  get lastStableOffset(): number {
    const unstable = this.producers.firstUnstableOffset;
    return unstable >= 0 ? Math.min(unstable, this.highWatermark) : this.highWatermark;
  }

  path(name: string): string {
    return `${this.directory}/${name}`;
  }
}
