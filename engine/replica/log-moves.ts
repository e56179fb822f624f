import type { PartitionRow } from '../base/brands.ts';
import { moveLimits } from '../base/limits.ts';
import { futureDirectoryName } from '../log/file-names.ts';
import { LogError } from '../log/log-error.ts';
import type { LogEnvironment } from '../log/log-state.ts';
import { type OpenLogOptions, openLog } from '../log/open-log.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { noFutureLog, type PartitionRuntime } from '../metadata/columns/partition-runtime.ts';
import { errorCode } from '../protocol/errors.ts';
import type { ReplicaHost } from './host.ts';
import type { LogDirectory } from './log-directory.ts';
import { LogMove, type MoveStep } from './log-move.ts';
import type { LogRetirement } from './log-retirement.ts';
import { MoveThrottle } from './move-throttle.ts';
import type { NameLocks } from './name-locks.ts';
import type { Partition } from './partition.ts';

export interface LogMovesOptions {
  readonly host: ReplicaHost;
  readonly environment: LogEnvironment;
  readonly runtime: PartitionRuntime;
  readonly directories: readonly LogDirectory[];
  readonly names: NameLocks;
  readonly retirement: LogRetirement;
  /** Whether the partition is (still) the row's. */
  isCurrent(partition: Partition): boolean;
  /** Whether the controller knows that the partition's log lies in the directory, or need not know. */
  isAssigned(row: PartitionRow, directory: number): boolean;
}

interface Tracked {
  readonly move: LogMove;
  /** A step, or the change of places, is under way. */
  isBusy: boolean;
  /** There was nothing to do when it was last looked at. */
  isResting: boolean;
  /** Monotonic: not before. */
  notBeforeMs: number;
}

/**
 * Moves of this shard's logs to other directories: each is copied by steps, a few moves at a time and no faster than
 * `replica.alter.log.dirs.io.max.bytes.per.second`; when it has caught up the controller is told (by the runtime columns);
 * when the controller knows, the logs change places. A future log that the last process left is taken up again.
 */
export class LogMoves {
  private readonly options: LogMovesOptions;
  private readonly moves = new Map<PartitionRow, Tracked>();
  private readonly throttle: MoveThrottle;
  private readonly buffers: Uint8Array[] = [];
  private running = 0;
  private isWaiting = false;

  constructor(options: LogMovesOptions) {
    this.options = options;
    this.throttle = new MoveThrottle(() => options.host.moves.bytesPerSecond());
  }

  /** Index of the directory that the partition is being moved to; -1: it is not. */
  directoryOf(partition: Partition): number {
    return this.moves.get(partition.identity.row)?.move.directory ?? -1;
  }

  /**
   * Begins a move of a partition whose log is open and lies elsewhere. Under its name's lock. The log may have been in the
   * directory before: what the checkpoint files there say of it must not be taken for true of the copy, after a crash.
   */
  begin(partition: Partition, directory: number, begun: (code: number) => void): void {
    this.options.host.writeCheckpoints('all', () => {
      if (!partition.isOnline) {
        begun(errorCode.KAFKA_STORAGE_ERROR);
        return;
      }
      const { logStartOffset } = partition.log;
      this.open(partition, directory, { cleanShutdown: false, recoveryPoint: 0, logStartOffset }, begun);
    });
  }

  /**
   * Goes on with a move, where a future log was found. Under the name's lock. `isClosedHere`: this process closed it. Where
   * nobody closed it all of it is verified: a crash may have come while it was cut, and left a hole below what had been
   * durable. In a compacted log such a hole would pass for a gap that cleaning left, and so it is copied anew.
   */
  resume(partition: Partition, isClosedHere: boolean, done: () => void): void {
    const { runtime, directories } = this.options;
    const { row } = partition.identity;
    const directory = runtime.futureDirectory(row);
    const isPossible = partition.isOnline && directory >= 0 && directories[directory]?.disk.isOnline() === true;
    if (!isPossible || this.moves.has(row)) {
      done();
      return;
    }
    const cleanShutdown = isClosedHere || directories[directory]!.isClean;
    const open = (): void =>
      this.open(partition, directory, { cleanShutdown, recoveryPoint: 0, logStartOffset: 0 }, () => done());
    if (cleanShutdown || !partition.logConfig.cleanupCompact) {
      open();
      return;
    }
    const { topic, partition: index, topicId } = partition.identity;
    directories[directory]!.disk.removeDirectory(futureDirectoryName(topic, index, topicId), (error) => {
      if (error === null) open();
      else done();
    });
  }

  /** Gives up a move: the copy is nobody's. Under the name's lock; `done` when its directory has another name. */
  cancel(partition: Partition, done: () => void): void {
    const tracked = this.moves.get(partition.identity.row);
    if (tracked === undefined) {
      done();
      return;
    }
    const { move } = tracked;
    this.end(tracked);
    this.publish(move, true);
    this.options.host.logger.info({ partition: partition.name, directory: move.disk.root }, 'a move was given up');
    move.future.retire(this.options.retirement.randomHex(), (error, renamed) => {
      this.options.retirement.retired(move.future.directory, move.disk, error, renamed);
      done();
    });
  }

  /** The partition is not used here any longer: its copy is closed, and found again by whoever opens it. */
  close(partition: Partition, done: (failed: boolean) => void): void {
    const tracked = this.moves.get(partition.identity.row);
    if (tracked === undefined) {
      done(false);
      return;
    }
    const { move } = tracked;
    const { future } = move;
    this.end(tracked);
    future.submit(() =>
      future.flush((flushError) => {
        move.isPromoting = false;
        this.publish(move);
        future.close((closeError) => done((flushError ?? closeError) !== null));
      }),
    );
  }

  /** What the image says of the partition is new. */
  imageChanged(row: PartitionRow): void {
    const tracked = this.moves.get(row);
    if (tracked === undefined) return;
    tracked.isResting = false;
    this.pump();
  }

  /** To be called about once a second. */
  tick(): void {
    for (const tracked of this.moves.values()) tracked.isResting = false;
    this.pump();
  }

  private open(
    partition: Partition,
    directory: number,
    found: Pick<OpenLogOptions, 'cleanShutdown' | 'recoveryPoint' | 'logStartOffset'>,
    opened: (code: number) => void,
    isAgain = false,
  ): void {
    const { environment } = this.options;
    const { disk } = this.options.directories[directory]!;
    const { topic, partition: index, topicId } = partition.identity;
    const name = futureDirectoryName(topic, index, topicId);
    const { log, logConfig: config } = partition;
    const identity = { topic, partition: index, topicId, directory: name };
    if (!isAgain) log.barCleaning();
    const failed = (error: Error): void => {
      log.allowCleaning();
      this.options.host.logger.error({ err: error, partition: partition.name }, 'a log can not be moved');
      opened(errorCode.KAFKA_STORAGE_ERROR);
    };
    openLog({ disk, environment, config, highWatermark: 0, ...identity, ...found }, (error, future) => {
      if (error instanceof LogError && !isAgain) {
        // What lies there is no log, or not this partition's: a copy of it is made anew.
        disk.removeDirectory(name, (removeError) => {
          if (removeError !== null) failed(removeError);
          else this.open(partition, directory, { ...found, cleanShutdown: false, recoveryPoint: 0 }, opened, true);
        });
      } else if (error !== null) failed(error);
      else {
        future.makeDirectory((makeError) => {
          if (makeError !== null) failed(makeError);
          else opened(this.track(partition, directory, future));
        });
      }
    });
  }

  private track(partition: Partition, directory: number, future: PartitionLog): number {
    const { host, environment, directories } = this.options;
    const { disk } = directories[directory]!;
    const { checksum, clock } = environment;
    const move = new LogMove(partition, directory, disk, future, checksum, () => clock.wallMs());
    const tracked = { move, isBusy: false, isResting: false, notBeforeMs: Number.NEGATIVE_INFINITY };
    partition.move = move;
    this.moves.set(partition.identity.row, tracked);
    this.publish(move);
    const fields = { partition: partition.name, from: partition.disk?.root, to: disk.root, lag: move.lag };
    host.logger.info(fields, 'a log is being moved to another directory');
    this.pump();
    return 0;
  }

  /** Starts steps of moves that have something to do, as many as may be under way. */
  private pump(): void {
    const { clock, moves } = this.options.host;
    moves.setMoving(this.moves.size > 0);
    for (const tracked of this.moves.values()) {
      if (this.running >= this.options.host.moves.atOnce()) return;
      if (tracked.isBusy || tracked.isResting || tracked.notBeforeMs > clock.monotonicMs()) continue;
      const waitMs = tracked.move.lag > 0 ? this.throttle.waitMs(clock.monotonicMs()) : 0;
      if (waitMs > 0) this.later(waitMs);
      else this.run(tracked);
    }
  }

  private later(waitMs: number): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.options.host.clock.schedule(Math.min(waitMs, moveLimits.throttleWaitMs), () => {
      this.isWaiting = false;
      this.pump();
    });
  }

  private run(tracked: Tracked): void {
    const { move } = tracked;
    const buffer = this.take(tracked);
    move.step(buffer, (step, copiedBytes) => {
      this.throttle.used(copiedBytes);
      if (move.isEnded) this.giveBack(tracked, buffer);
      else if (step === 'caught-up' && this.mayChangePlaces(move)) this.changePlaces(tracked, buffer);
      else {
        this.giveBack(tracked, buffer);
        this.publish(move);
        this.stepped(tracked, step);
      }
    });
  }

  private mayChangePlaces({ partition, directory }: LogMove): boolean {
    return this.options.isAssigned(partition.identity.row, directory);
  }

  private take(tracked: Tracked): Uint8Array {
    this.running += 1;
    tracked.isBusy = true;
    return this.buffers.pop() ?? new Uint8Array(moveLimits.copyBytes);
  }

  private giveBack(tracked: Tracked, buffer: Uint8Array): void {
    this.running -= 1;
    tracked.isBusy = false;
    if (this.moves.size > 0) this.buffers.push(buffer);
    else this.buffers.length = 0;
    // Others have their turn in between.
    this.later(0);
  }

  private stepped(tracked: Tracked, step: MoveStep): void {
    const { clock } = this.options.host;
    if (step === 'caught-up') tracked.isResting = true;
    else if (step === 'unreadable') tracked.notBeforeMs = clock.monotonicMs() + moveLimits.retryMs;
    else if (step !== 'more') this.lose(tracked, step);
  }

  /** One of the two directories is lost. A copy whose source is lost stays, for whoever brings that back. */
  private lose(tracked: Tracked, step: 'source-lost' | 'target-lost'): void {
    const { move } = tracked;
    const { partition, disk } = move;
    this.end(tracked);
    move.isPromoting = false;
    this.publish(move, step === 'target-lost');
    this.options.host.logger.error({ partition: partition.name, directory: disk.root, step }, 'a move has failed');
    // What can't be closed properly is looked through when it is opened again.
    move.future.flush(() => move.future.close(() => {}));
  }

  private changePlaces(tracked: Tracked, buffer: Uint8Array): void {
    const { move } = tracked;
    const { partition } = move;
    this.options.names.run(partition.name, (release) => {
      const leave = (step: MoveStep): void => {
        this.giveBack(tracked, buffer);
        if (!move.isEnded) this.stepped(tracked, step);
        release();
      };
      if (move.isEnded) {
        leave('more');
        return;
      }
      partition.hold(moveLimits.holdMs, (isHeld) => {
        if (!isHeld) {
          leave('caught-up');
          return;
        }
        move.finish(buffer, (step) => {
          if (step !== 'caught-up') {
            partition.goOn();
            leave(step);
            return;
          }
          this.switchLogs(tracked, () => {
            partition.goOn();
            leave('more');
          });
        });
      });
    });
  }

  /**
   * The future log has the plain name by now. Nothing is appended to it before the old one has lost that name: of two logs
   * of a partition that a crash leaves each has everything.
   */
  private switchLogs(tracked: Tracked, done: () => void): void {
    const { retirement, host, directories, runtime } = this.options;
    const { move } = tracked;
    const { partition, future, disk, directory } = move;
    const { log: old, disk: oldDisk, logDirectory: from } = partition;
    this.end(tracked);
    partition.switchTo(future, disk);
    if (this.options.isCurrent(partition)) {
      partition.published.all(directory);
      runtime.setFuture(partition.identity.row, noFutureLog);
      Atomics.sub(directories[from]!.logs, 0, 1);
      Atomics.add(directories[directory]!.logs, 0, 1);
    }
    old.retire(retirement.randomHex(), (error, renamed) => {
      retirement.retired(old.directory, oldDisk, error, renamed);
      host.logger.info({ partition: partition.name, directory: disk.root }, 'a log was moved to another directory');
      done();
    });
  }

  private end(tracked: Tracked): void {
    const { move } = tracked;
    const { partition } = move;
    move.isEnded = true;
    this.moves.delete(partition.identity.row);
    partition.move = null;
    partition.log.allowCleaning();
  }

  private publish({ partition, directory, isPromoting, future }: LogMove, isGone = false): void {
    if (!this.options.isCurrent(partition)) return;
    const { logEndOffset: endOffset, sizeBytes, recoveryPoint } = future;
    const state = { directory, isPromoting, endOffset, sizeBytes, recoveryPoint };
    this.options.runtime.setFuture(partition.identity.row, isGone ? noFutureLog : state);
  }
}
