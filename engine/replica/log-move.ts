import type { Checksum } from '../base/codec.ts';
import type { Disk } from '../base/disk.ts';
import { limits } from '../base/limits.ts';
import type { LogConfig } from '../log/config.ts';
import { partitionDirectoryName } from '../log/file-names.ts';
import { LogError, type LogFailure } from '../log/log-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { ReadLocation } from '../log/reader.ts';
import { BatchWalk } from '../protocol/records/split-batches.ts';
import { agreedEnd, beginsBefore, isSoundBatch } from './copied-batches.ts';
import type { MovingLog, Partition } from './partition.ts';

/**
 * What a step came to.
 * - more: there may be more to do at once. - caught-up: the future log has all, and is durable.
 * - unreadable: the current log can't be read now. - source-lost: nor ever again in this process. - target-lost: the
 *   future log can't be written.
 */
export type MoveStep = 'more' | 'caught-up' | 'unreadable' | 'source-lost' | 'target-lost';

export type StepDone = (step: MoveStep, copiedBytes: number) => void;

/**
 * The copy of one partition's log that is made in another directory, the future log, while the current one is in use
 * (KIP-113). It goes by steps, of which one is under way at a time; the caller decides when. What the current log does
 * meanwhile, and what a crash left, is found out by comparing the two: starts, ends, and leader epochs.
 */
export class LogMove implements MovingLog {
  readonly partition: Partition;
  /** Index of the log directory that the log goes to. */
  readonly directory: number;
  readonly disk: Disk;
  readonly future: PartitionLog;
  /** The controller is told of the new directory: all that there was when that began is durable there. */
  isPromoting = false;
  /** It goes no further. */
  isEnded = false;
  private readonly checksum: Checksum;
  private readonly wallMs: () => number;
  /** It may hold what the current log does not. */
  private isUnsure = true;
  /** Times that the current log was cut: what was read before is not copied after. */
  private cuts = 0;

  constructor(
    partition: Partition,
    directory: number,
    disk: Disk,
    future: PartitionLog,
    checksum: Checksum,
    wallMs: () => number,
  ) {
    this.partition = partition;
    this.directory = directory;
    this.disk = disk;
    this.future = future;
    this.checksum = checksum;
    this.wallMs = wallMs;
  }

  get logStartOffset(): number {
    return this.future.logStartOffset;
  }

  /** Records that the future log lacks. */
  get lag(): number {
    return this.partition.log.logEndOffset - this.future.logEndOffset;
  }

  cut(): void {
    this.isUnsure = true;
    this.isPromoting = false;
    this.cuts += 1;
  }

  /** `buffer` is the move's until `done`. */
  step(buffer: Uint8Array, done: StepDone): void {
    const { partition, future } = this;
    partition.checkDirectory();
    if (partition.disk?.isOnline() !== true || partition.log.failure !== null) {
      done('source-lost', 0);
      return;
    }
    if (!partition.isOnline) {
      // It is being closed, or taken away: that is the end of the move, too.
      done('unreadable', 0);
      return;
    }
    if (future.failure !== null || !this.disk.isOnline()) {
      done('target-lost', 0);
      return;
    }
    future.setConfig(configWhileMoving(partition.logConfig));
    future.setHighWatermark(Math.min(partition.log.highWatermark, future.logEndOffset));
    if (this.isUnsure) this.agree(done);
    else this.alignStarts(buffer, done);
  }

  /** Cuts off what is not the current log's, as a follower does by the epochs of its leader. */
  private agree(done: StepDone): void {
    const { future, cuts } = this;
    const { log } = this.partition;
    const { latestEpoch, logEndOffset } = future;
    const isEmpty = logEndOffset === future.logStartOffset && latestEpoch < 0;
    const theirs = log.endOffsetFor(latestEpoch);
    if (!isEmpty && theirs.endOffset < 0) {
      // Of such an epoch the current log knows nothing: no record is known to be the same.
      this.changed((finish) => future.truncateFully(log.logStartOffset, finish), done);
      return;
    }
    const target = isEmpty ? logEndOffset : agreedEnd(future, theirs.epoch, theirs.endOffset);
    future.truncateTo(Math.min(target, logEndOffset), (error) => {
      const isAgreed =
        isEmpty || (theirs.epoch === latestEpoch && future.logEndOffset >= Math.min(target, logEndOffset));
      const isStuck = future.latestEpoch === latestEpoch && future.logEndOffset === logEndOffset;
      if (error !== null) done('target-lost', 0);
      else if (isAgreed || isStuck) {
        if (cuts === this.cuts) this.isUnsure = false;
        if (isAgreed) done('more', 0);
        else this.changed((finish) => future.truncateFully(log.logStartOffset, finish), done);
      } else done('more', 0);
    });
  }

  /** Both begin at the same offset. */
  private alignStarts(buffer: Uint8Array, done: StepDone): void {
    const { future } = this;
    const { logStartOffset } = this.partition.log;
    if (future.logStartOffset > logStartOffset || future.logEndOffset < logStartOffset) {
      this.changed((finish) => future.truncateFully(logStartOffset, finish), done);
    } else if (future.deleteRecordsBefore(logStartOffset)) {
      this.changed((finish) => future.applyRetention(this.wallMs(), (error) => finish(error)), done);
    } else if (this.lag > 0) this.copy(buffer, done);
    else this.settle(done);
  }

  private changed(change: (finish: (error: LogFailure | null) => void) => void, done: StepDone): void {
    change((error) => done(error === null ? 'more' : 'target-lost', 0));
  }

  private copy(buffer: Uint8Array, done: StepDone): void {
    const { cuts } = this;
    const { log } = this.partition;
    log.locate(this.future.logEndOffset, buffer.length, log.logEndOffset, true, (error, location) => {
      if (error !== null) this.readFailed(error, done);
      else if (location.status === 'found') this.read(location, buffer, cuts, done);
      else {
        // Its start or its end has moved since.
        this.isUnsure = true;
        done('more', 0);
      }
    });
  }

  private read(location: ReadLocation, buffer: Uint8Array, cuts: number, done: StepDone): void {
    const { lengthBytes } = location;
    const isLarge = lengthBytes > buffer.length;
    if (isLarge && lengthBytes > limits.oversizeBytes) {
      this.readFailed(new LogError('corrupt', `a batch of ${lengthBytes} bytes`), done);
      return;
    }
    const target = isLarge ? new Uint8Array(lengthBytes) : buffer.subarray(0, lengthBytes);
    this.partition.log.readInto(location, target, (error, result) => {
      if (this.isEnded || cuts !== this.cuts) done('more', 0);
      else if (error !== null) this.readFailed(error, done);
      else if (result.lengthBytes > 0) this.append(target.subarray(0, result.lengthBytes), done);
      else if (result.requiredBytes > lengthBytes) {
        this.read({ ...location, lengthBytes: result.requiredBytes, endOffset: -1 }, buffer, cuts, done);
      } else this.readFailed(new LogError('corrupt', 'no batch where there should be one'), done);
    });
  }

  private readFailed(error: Error, done: StepDone): void {
    const isGone = error instanceof LogError && error.reason === 'gone';
    if (!isGone && !this.isEnded) this.partition.readFailed(error);
    done(isGone ? 'more' : 'unreadable', 0);
  }

  private append(records: Uint8Array, done: StepDone): void {
    const { future } = this;
    const begin = beginsBefore(future, records);
    if (begin >= 0) {
      this.changed(
        (finish) => future.truncateFully(begin, finish),
        (step) => {
          if (step === 'more' && !this.isEnded) this.append(records, done);
          else done(step, 0);
        },
      );
      return;
    }
    const walk = new BatchWalk(records);
    let copiedBytes = 0;
    while (walk.next()) {
      const { at, sizeBytes } = walk;
      if (!isSoundBatch(future, this.checksum, records, at, sizeBytes)) break;
      future.stage(records, at, sizeBytes);
      copiedBytes += sizeBytes;
    }
    future.submit((error) => {
      if (error !== null) done('target-lost', 0);
      else if (copiedBytes > 0) done('more', copiedBytes);
      else this.readFailed(new LogError('corrupt', 'a batch that is to be copied is broken'), done);
    });
  }

  /** All was copied: what the controller is to hear of must outlive a crash. */
  private settle(done: StepDone): void {
    if (this.isPromoting) {
      done('caught-up', 0);
      return;
    }
    this.future.flush((error) => {
      if (error === null) this.isPromoting = true;
      done(error === null ? 'caught-up' : 'target-lost', 0);
    });
  }

  /**
   * Makes the future log the partition's. While the partition is held: copies what is left, takes over from the current
   * log and gets its name. Answers `caught-up` when that is done.
   */
  finish(buffer: Uint8Array, done: (step: MoveStep) => void): void {
    this.step(buffer, (step) => {
      if (step === 'more') this.finish(buffer, done);
      else if (step === 'caught-up') this.takeOver(done);
      else done(step);
    });
  }

  private takeOver(done: (step: MoveStep) => void): void {
    const { partition, future } = this;
    const { topic, partition: index } = partition.identity;
    const ended = (error: LogFailure | null): void => done(error === null ? 'caught-up' : 'target-lost');
    future.takeOver(partition.log, (error) => {
      if (error !== null) ended(error);
      else future.renameTo(partitionDirectoryName(topic, index), ended);
    });
  }
}

/** What deletes or flushes records of the current log does not do so with the copy. */
function configWhileMoving(config: LogConfig): LogConfig {
  return {
    ...config,
    retentionMs: -1,
    retentionBytes: -1,
    flushMessages: Number.POSITIVE_INFINITY,
    flushMs: Number.POSITIVE_INFINITY,
  };
}
