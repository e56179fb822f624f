import type { LeaderEpoch, Offset } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disk } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import { defaultLogConfig, type LogConfig } from '../../log/config.ts';
import { LogError } from '../../log/log-error.ts';
import type { LogEnvironment } from '../../log/log-state.ts';
import { openLog } from '../../log/open-log.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { ReadLocation, ReadResult } from '../../log/reader.ts';
import { batchNextOffset, batchPartitionLeaderEpoch } from '../../protocol/records/batch-view.ts';
import { metadataTopicId } from '../../protocol/uuid.ts';
import type { OffsetAndEpoch } from '../../raft/types.ts';
import { promised } from '../promised.ts';
import type { LogDone, RaftLog } from './raft-log.ts';

export const metadataTopicName = '__cluster_metadata';
const noBytes = new Uint8Array(0);

type BytesDone = (error: Error | null, bytes: Uint8Array) => void;

/** The metadata log keeps what snapshots do not hold: nothing but these decide what goes. */
export function metadataLogConfig(segmentBytes: number, segmentMs: number): LogConfig {
  return { ...defaultLogConfig, segmentBytes, segmentMs, retentionMs: -1, cleanupDelete: false };
}

/** Opens `__cluster_metadata-0`, verified batch by batch from its start: there is no clean-shutdown marker to trust. */
export async function openPartitionRaftLog(
  disk: Disk,
  environment: LogEnvironment,
  config: LogConfig,
  logStartOffset: Offset,
): Promise<RaftLog> {
  const log = await promised<PartitionLog>((done) =>
    openLog(
      {
        disk,
        environment,
        topic: metadataTopicName,
        partition: 0,
        topicId: metadataTopicId,
        config,
        cleanShutdown: false,
        recoveryPoint: 0,
        logStartOffset,
        highWatermark: 0,
      },
      done,
    ),
  );
  return new PartitionRaftLog(log, environment.clock);
}

/**
 * Truncation takes its time on disk, and in Raft's eyes none: until it is done the log's end is the projected one, and
 * all that follows waits its turn.
 */
class PartitionRaftLog implements RaftLog {
  readonly #log: PartitionLog;
  readonly #clock: Clock;
  /** Why a write failed: told by the next flush. */
  #failure: Error | null = null;
  #projectedEnd: OffsetAndEpoch | null = null;
  #isCutting = false;
  #waiting: (() => void)[] = [];

  constructor(log: PartitionLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  startOffset(): Offset {
    return this.#log.logStartOffset;
  }

  end(): OffsetAndEpoch {
    return this.#projectedEnd ?? { offset: this.#log.nextOffset, epoch: Math.max(0, this.#log.latestEpoch) };
  }

  endOfEpoch(epoch: LeaderEpoch): OffsetAndEpoch | null {
    const last = this.end();
    if (epoch >= last.epoch) return last;
    const end = this.#log.endOffsetFor(epoch);
    // Nothing of it or of earlier epochs: the log's first epoch is answered with its start.
    if (end.endOffset < 0 || end.endOffset <= this.#log.logStartOffset) return null;
    return { offset: Math.min(end.endOffset, last.offset), epoch: end.epoch };
  }

  sizeBytes(): number {
    return this.#log.sizeBytes;
  }

  append(bytes: Uint8Array): void {
    // A write that failed has set the log's end back: what comes now would not continue it.
    if (this.#failure !== null) throw this.#failure;
    if (this.#isCutting) {
      this.#projectedEnd = { offset: batchNextOffset(bytes, 0), epoch: batchPartitionLeaderEpoch(bytes, 0) };
    }
    this.#inTurn(() => {
      // A truncation that failed left the log's end where it was: nothing can continue it.
      if (this.#failure !== null) return;
      this.#log.stage(bytes, 0, bytes.length);
      this.#log.submit((error) => {
        this.#failure ??= error;
      });
    });
  }

  flush(done: LogDone): void {
    this.#inTurn(() =>
      this.#log.submit((error) => {
        if (error !== null || this.#failure !== null) done(error ?? this.#failure);
        else this.#log.flush(done);
      }),
    );
  }

  read(from: Offset, upTo: Offset, maxBytes: number, done: BytesDone): void {
    // What is staged and not written yet is not there to be read: it comes with the write.
    this.#inTurn(() =>
      this.#log.submit((error) => {
        const failure = error ?? this.#failure;
        if (failure !== null) done(failure, noBytes);
        else this.#locate(from, upTo, maxBytes, this.#againWhileGone(from, upTo, maxBytes, done));
      }),
    );
  }

  /** A segment may go while it is read, as a snapshot has what was in it: the log is asked for what is there now. */
  #againWhileGone(from: Offset, upTo: Offset, maxBytes: number, done: BytesDone): BytesDone {
    const again: BytesDone = (error, bytes) => {
      if (error instanceof LogError && error.reason === 'gone') this.#locate(from, upTo, maxBytes, again);
      else done(error, bytes);
    };
    return again;
  }

  #locate(from: Offset, upTo: Offset, maxBytes: number, done: BytesDone): void {
    const largestBytes = 2 * metadataLogLimits.batchBytes;
    this.#log.locate(from, maxBytes, upTo, true, (error: Error | null, location: ReadLocation) => {
      if (error !== null || location.status !== 'found') return done(error, noBytes);
      const target = new Uint8Array(Math.min(location.lengthBytes, largestBytes));
      return this.#log.readInto(location, target, (readError: Error | null, result: ReadResult) => {
        if (readError !== null) return done(readError, noBytes);
        const { requiredBytes, lengthBytes } = result;
        if (lengthBytes === 0 && requiredBytes > target.length && requiredBytes <= largestBytes) {
          return this.#locate(from, upTo, requiredBytes, done);
        }
        return done(null, target.subarray(0, lengthBytes));
      });
    });
  }

  truncate(offset: Offset, done: LogDone): void {
    const epoch = Math.max(0, Math.min(this.end().epoch, this.#log.epochForOffset(offset - 1)));
    this.#cut({ offset, epoch }, (finish) => this.#log.truncateTo(offset, finish), done);
  }

  resetTo(end: OffsetAndEpoch, done: LogDone): void {
    const reset = (finish: LogDone) =>
      this.#log.truncateFully(end.offset, (error) => {
        if (error === null) this.#log.assignEpoch(end.epoch);
        finish(error);
      });
    this.#cut(end, reset, done);
  }

  #cut(end: OffsetAndEpoch, cut: (finish: LogDone) => void, done: LogDone): void {
    this.#inTurn(() => {
      this.#isCutting = true;
      const finish: LogDone = (error) => {
        this.#isCutting = false;
        this.#failure ??= error;
        done(error);
        this.#goOn();
      };
      this.#log.submit((error) => (error === null ? cut(finish) : finish(error)));
    });
    if (this.#isCutting) this.#projectedEnd = end;
  }

  #inTurn(task: () => void): void {
    if (this.#isCutting || this.#waiting.length > 0) this.#waiting.push(task);
    else task();
  }

  #goOn(): void {
    while (!this.#isCutting) {
      const task = this.#waiting.shift();
      if (task === undefined) {
        this.#projectedEnd = null;
        return;
      }
      task();
    }
  }

  startAt(offset: Offset, done: LogDone): void {
    this.#inTurn(() => {
      // Segments go only below the high watermark, which this log has no other use for; a snapshot's end is committed.
      this.#log.setHighWatermark(offset);
      this.#log.deleteRecordsBefore(offset);
      this.#log.applyRetention(this.#clock.wallMs(), (error) => done(error));
    });
  }

  close(done: LogDone): void {
    this.flush((error) => {
      if (error !== null) done(error);
      else this.#log.close(done);
    });
  }
}
