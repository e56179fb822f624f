import type { Uuid } from '../base/brands.ts';
import type { DirectoryEntry, Disk } from '../base/disk.ts';
import { logLimits } from '../base/limits.ts';
import { batchLastOffset } from '../protocol/records/batch-view.ts';
import { scanBatches } from './batch-scanner.ts';
import type { LogConfig } from './config.ts';
import { eachInOrder, inOrder } from './continuation.ts';
import {
  completeSwap,
  type DirectoryFiles,
  finishSwaps,
  removeLeftovers,
  removeSwap,
  sortFiles,
  withoutSwap,
} from './directory-files.ts';
import {
  fileSuffix,
  leaderEpochFileName,
  offsetFileName,
  partitionDirectoryName,
  partitionMetadataFileName,
} from './file-names.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import { type Finished, type LogDone, LogError, type LogFailure } from './log-error.ts';
import { type LogEnvironment, LogState } from './log-state.ts';
import { PartitionLog } from './partition-log.ts';
import { formatPartitionMetadata, parsePartitionMetadata, partitionMetadataMaxBytes } from './partition-metadata.ts';
import { removeStraySnapshots, restoreProducers } from './producer-replay.ts';
import { findEnd, persistRecovered, rebuildEpochs, recoverSegments, removeForGood } from './recovery.ts';
import { newSegment } from './roll.ts';
import { segmentIndexFor } from './segment.ts';

export interface OpenLogOptions {
  readonly disk: Disk;
  readonly environment: LogEnvironment;
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  readonly config: LogConfig;
  /** The directory's last process ended with the clean-shutdown marker, or this process closed the log itself. */
  readonly cleanShutdown: boolean;
  /** From the checkpoint files; 0 where they have no line. */
  readonly recoveryPoint: number;
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly cleanedOffset?: number;
  /** Name of its directory; `topic-N` where none is given. */
  readonly directory?: string;
}

/**
 * Opens a partition's log, or prepares one that has no directory yet (which the first append makes). After an unclean
 * shutdown all from the recovery point on is verified. Fails with `other-topic` when the directory is another topic's.
 */
export function openLog(options: OpenLogOptions, done: LogDone<PartitionLog>): void {
  const directory = options.directory ?? partitionDirectoryName(options.topic, options.partition);
  const state = new LogState(
    options.disk,
    options.environment,
    options.topic,
    options.partition,
    options.topicId,
    directory,
    options.config,
    logLimits.producersPerPartition,
  );
  state.logStartOffset = options.logStartOffset;
  state.cleanedOffset = options.cleanedOffset ?? 0;
  state.disk.list(directory, (error, entries) => {
    if (error !== null && error.code !== 'ENOENT') return done(error, new PartitionLog(state));
    if (error !== null) {
      beginAt(state, options.logStartOffset);
      return done(null, new PartitionLog(state));
    }
    return new Opening(state, options).run(entries, (openError) => done(openError, new PartitionLog(state)));
  });
}

/** An empty log whose first record gets `offset`. */
function beginAt(state: LogState, offset: number): void {
  state.logEndOffset = offset;
  state.stagedEndOffset = offset;
  state.highWatermark = offset;
  state.flushedOffset = offset;
  state.producers.clear(offset);
}

class Opening {
  readonly #state: LogState;
  readonly #options: OpenLogOptions;
  #files: DirectoryFiles = sortFiles([]);
  #epochsAreLost = false;
  /** All from here on was verified batch by batch; producers are not trusted beyond. */
  #recoveredFrom = Number.POSITIVE_INFINITY;

  constructor(state: LogState, options: OpenLogOptions) {
    this.#state = state;
    this.#options = options;
  }

  run(entries: readonly DirectoryEntry[], done: Finished): void {
    const state = this.#state;
    state.isDirectoryMade = true;
    this.#files = sortFiles(entries);
    inOrder(
      [
        (next) => this.#checkTopic(next),
        (next) => removeLeftovers(state, this.#files.leftovers, next),
        (next) => eachInOrder(this.#files.swaps, (offset, each) => this.#finishSwap(offset, each), next),
        (next) => finishSwaps(state, this.#files.lateSwaps.map(withoutSwap), next),
        (next) => this.#findSegments(next),
        (next) => this.#loadEpochs(next),
        (next) => this.#findLogEnd(next),
        (next) => this.#settleOffsets(next),
        (next) => (this.#epochsAreLost ? rebuildEpochs(state, next) : next(null)),
        (next) => this.#trim(next),
        (next) => removeStraySnapshots(state, this.#trustedOffset, next),
        (next) => restoreProducers(state, this.#trustedOffset, next),
        (next) => persistRecovered(state, next),
      ],
      done,
    );
  }

  /** Snapshots up to here tell of records that are surely the same still. */
  get #trustedOffset(): number {
    return Math.min(this.#recoveredFrom, this.#state.logEndOffset);
  }

  #checkTopic(done: Finished): void {
    const state = this.#state;
    const path = state.path(partitionMetadataFileName);
    state.disk.readFile(path, partitionMetadataMaxBytes, (error, bytes) => {
      if (error !== null && error.code !== 'ENOENT' && error.code !== 'EFBIG') return done(error);
      const metadata = error === null ? parsePartitionMetadata(bytes) : null;
      if (metadata !== null && metadata.topicId !== state.topicId) {
        return done(new LogError('other-topic', `${state.directory} belongs to topic id ${metadata.topicId}`));
      }
      if (metadata !== null) return done(null);
      if (error === null || error.code === 'EFBIG') return done(new LogError('corrupt', `${path} is not readable`));
      return state.disk.replaceFile(path, formatPartitionMetadata({ version: 0, topicId: state.topicId }), done);
    });
  }

  /** A swap file replaces the segments from its base offset to its last record. */
  #finishSwap(baseOffset: number, done: Finished): void {
    const state = this.#state;
    const { segments } = this.#files;
    scanSwap(state, baseOffset, (error, endOffset, isWhole) => {
      if (error !== null) return done(error);
      // It was durable before it had its name; where it is not, and nothing of the old is gone, the old stays.
      if (!isWhole && segments.includes(baseOffset)) return removeSwap(state, baseOffset, done);
      const replaced = segments.filter((offset) => offset >= baseOffset && offset < endOffset);
      const kept = segments.filter((offset) => !replaced.includes(offset));
      kept.push(baseOffset);
      kept.sort((a, b) => a - b);
      segments.splice(0, segments.length, ...kept);
      return completeSwap(state, baseOffset, replaced, done);
    });
  }

  #findSegments(done: Finished): void {
    const state = this.#state;
    const nowMs = state.environment.clock.wallMs();
    state.snapshotOffsets = [...this.#files.snapshots];
    eachInOrder(
      this.#files.segments,
      (baseOffset, next) => {
        const segment = newSegment(state, baseOffset, nowMs);
        segment.indexes = null;
        segment.mayHaveAborts = this.#files.names.has(offsetFileName(baseOffset, fileSuffix.transactionIndex));
        state.disk.size(segment.file.path, (error, sizeBytes) => {
          if (error !== null) return next(error);
          segment.sizeBytes = Math.max(0, sizeBytes);
          segment.stagedBytes = segment.sizeBytes;
          segment.warmFromBytes = segment.sizeBytes;
          state.segments.push(segment);
          return next(null);
        });
      },
      (error) => {
        // Whoever made the names may have gone without a flush.
        state.areNamesDirty = state.segments.length > 0;
        done(error);
      },
    );
  }

  #loadEpochs(done: Finished): void {
    const state = this.#state;
    state.disk.readFile(state.path(leaderEpochFileName), logLimits.epochFileBytes, (error, bytes) => {
      if (error !== null && error.code !== 'ENOENT' && error.code !== 'EFBIG') return done(error);
      const epochs = error === null ? LeaderEpochs.fromFile(bytes) : null;
      if (epochs === null) this.#epochsAreLost = state.segments.length > 0;
      else state.epochs = epochs;
      return done(null);
    });
  }

  #findLogEnd(done: Finished) {
    const state = this.#state;
    if (state.segments.length === 0) {
      state.logEndOffset = state.logStartOffset;
      return done(null);
    }
    if (!this.#options.cleanShutdown) {
      return this.#recoverFrom(Math.max(0, segmentIndexFor(state.segments, this.#options.recoveryPoint)), done);
    }
    return findEnd(state, (error, isWhole) => {
      if (error !== null || isWhole) return done(error);
      return this.#recoverFrom(state.segments.length - 1, done);
    });
  }

  #recoverFrom(first: number, done: Finished): void {
    this.#recoveredFrom = this.#state.segments[first].baseOffset;
    recoverSegments(this.#state, first, done);
  }

  #settleOffsets(done: Finished) {
    const state = this.#state;
    const first = state.segments[0];
    if (first !== undefined) state.logStartOffset = Math.max(state.logStartOffset, first.baseOffset);
    const recovered = Math.min(this.#options.recoveryPoint, state.logEndOffset);
    if (state.logEndOffset >= state.logStartOffset) {
      state.stagedEndOffset = state.logEndOffset;
      state.highWatermark = Math.min(Math.max(this.#options.highWatermark, state.logStartOffset), state.logEndOffset);
      state.flushedOffset = recovered;
      const count = state.segments.length;
      for (let i = 0; i + 1 < count; i++) {
        const segment = state.segments[i];
        segment.isFlushed = segment.indexes === null && state.segments[i + 1].baseOffset <= recovered;
      }
      return done(null);
    }
    // Records below the log start were deleted and the rest was lost: the log goes on, empty, at its start.
    const all = state.segments;
    state.segments = [];
    state.snapshotOffsets = [];
    state.epochs.clear();
    beginAt(state, state.logStartOffset);
    return removeForGood(state, all, done);
  }

  #trim(done: Finished): void {
    this.#state.cleanedOffset = Math.min(this.#state.cleanedOffset, this.#state.logEndOffset);
    this.#state.epochs.truncateFromEnd(this.#state.logEndOffset);
    this.#state.epochs.truncateFromStart(this.#state.logStartOffset);
    done(null);
  }
}

/** Answers where a swap file's last batch ends, and whether all of it is as it was written. */
function scanSwap(
  state: LogState,
  baseOffset: number,
  done: (error: LogFailure | null, endOffset: number, isWhole: boolean) => void,
): void {
  const path = state.path(offsetFileName(baseOffset, fileSuffix.log) + fileSuffix.swap);
  let endOffset = baseOffset + 1;
  state.disk.size(path, (sizeError, sizeBytes) => {
    if (sizeError !== null) return done(sizeError, endOffset, false);
    const file = state.disk.file(path);
    const { checksum } = state.environment;
    const range = { fromBytes: 0, toBytes: sizeBytes, fromOffset: baseOffset, baseOffset };
    return scanBatches(
      state.disk,
      { file, ...range, checksum, chunkBytes: logLimits.recoveryChunkBytes },
      (bytes, at) => {
        endOffset = batchLastOffset(bytes, at) + 1;
        return true;
      },
      (error, _endBytes, outcome) =>
        state.disk.close(file, (closeError) => done(error ?? closeError, endOffset, outcome === 'end')),
    );
  });
}
