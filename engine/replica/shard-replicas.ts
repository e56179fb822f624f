import type { DirectoryId, NodeId, PartitionRow, ThreadIndex, TopicRow } from '../base/brands.ts';
import { type Disk, DiskError, type DiskErrorCode } from '../base/disk.ts';
import { futureDirectoryName, partitionDirectoryName } from '../log/file-names.ts';
import { type LogDone, LogError } from '../log/log-error.ts';
import type { LogEnvironment } from '../log/log-state.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { noFutureLog } from '../metadata/columns/partition-runtime.ts';
import { shardOf } from '../metadata/columns/placement.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import type { RemovedPartition } from '../metadata/delta.ts';
import { errorCode } from '../protocol/errors.ts';
import { Append, type AppendSink } from './append.ts';
import { DirectoryChoice } from './directory-choice.ts';
import type { PartitionSource } from './fetch-group.ts';
import type { ReplicaHost } from './host.ts';
import type { Assignment } from './leadership.ts';
import type { LogDirectory } from './log-directory.ts';
import { LogMoves } from './log-moves.ts';
import { LogRetirement } from './log-retirement.ts';
import { NameLocks } from './name-locks.ts';
import { Partition } from './partition.ts';
import { PartitionLogOpener } from './partition-log-opener.ts';

export interface ShardReplicasOptions {
  readonly nodeId: NodeId;
  readonly shard: ThreadIndex;
  readonly shards: number;
  readonly metadata: SharedMetadata;
  readonly host: ReplicaHost;
  readonly environment: LogEnvironment;
  /** The node's log directories, in the order of `log.dirs`. */
  readonly directories: readonly LogDirectory[];
  /** Copies partitions from the nodes that lead them. */
  readonly followers?: Followers;
}

/** Who copies what other nodes lead. */
export interface Followers {
  /** `leader` -1: there is none now. Asked again when leader or epoch changed. */
  follow(partition: Partition, leader: NodeId): void;
  remove(row: PartitionRow): void;
}

/** Failures after which nothing of a directory is to be relied on. */
const fatalCodes: readonly DiskErrorCode[] = ['EIO', 'ENOSPC', 'EROFS', 'ESHORT'];

/** The partitions of one shard. One without traffic is a row of the shared tables and nothing else. */
export class ShardReplicas implements PartitionSource {
  /** Monotonic time as the partitions' idleness is measured; set about once a second. */
  nowMs = 0;
  private readonly options: ShardReplicasOptions;
  private readonly partitions = new Map<PartitionRow, Partition>();
  /** Partitions of unclean directories whose logs this process closed itself: they open without recovery. */
  private readonly closedHere = new Set<PartitionRow>();
  readonly names = new NameLocks();
  private readonly retirement: LogRetirement;
  readonly choice: DirectoryChoice;
  readonly moves: LogMoves;
  private readonly opener: PartitionLogOpener;
  /** Logs of dropped partitions on their way to be closed, and who waits for the last of them. */
  private closingLogs = 0;
  private whenNoneCloses: (() => void)[] = [];
  /** Directories of which a dropped partition's log could not be closed. */
  private readonly failedClosings = new Set<number>();
  private isClosing = false;
  /** It is known which logs there are. */
  private isStarted = false;

  constructor(options: ShardReplicasOptions) {
    this.options = options;
    this.retirement = new LogRetirement(options.host, options.environment.random);
    const { nodeId, metadata, directories, host, environment } = options;
    this.choice = new DirectoryChoice({ nodeId, metadata, directories, isCordoned: (root) => host.isCordoned(root) });
    const { runtime } = metadata;
    this.opener = new PartitionLogOpener({ runtime, environment, host, retirement: this.retirement });
    this.moves = new LogMoves({
      host,
      environment,
      runtime,
      directories,
      names: this.names,
      retirement: this.retirement,
      isCurrent: (partition) => this.partitions.get(partition.identity.row) === partition,
      isAssigned: (row, directory) => !host.moves.areDirectoriesAssigned() || this.choice.assigned(row) === directory,
    });
  }

  get directories(): readonly LogDirectory[] {
    return this.options.directories;
  }

  get metadata(): SharedMetadata {
    return this.options.metadata;
  }

  /** Partitions that have an object now. */
  live(): IterableIterator<Partition> {
    return this.partitions.values();
  }

  get liveCount(): number {
    return this.partitions.size;
  }

  isLive(row: PartitionRow): boolean {
    return this.partitions.has(row);
  }

  /** Whether the row's log has to be recovered before it serves. */
  needsRecovery(row: PartitionRow): boolean {
    const directory = this.options.directories[this.options.metadata.runtime.logDirectory(row)];
    return directory !== undefined && !directory.isClean && !this.closedHere.has(row) && !this.partitions.has(row);
  }

  /** The partition that this shard leads, or the error code of the answer. */
  find(row: PartitionRow, topicGeneration: number): Partition | number {
    const found = this.findReplica(row, topicGeneration);
    if (typeof found === 'number' || found.role === 'leader' || found.isToLead) return found;
    return errorCode.NOT_LEADER_OR_FOLLOWER;
  }

  /** The partition that this shard has a replica of, or the error code of the answer. */
  findReplica(row: PartitionRow, topicGeneration: number): Partition | number {
    const known = this.partitions.get(row);
    if (known !== undefined && known.identity.topicGeneration === topicGeneration && known.isNamed) {
      known.lastUsedMs = this.nowMs;
      return known;
    }
    const { partitions } = this.options.metadata;
    const isCurrent = partitions.topicGeneration(row) === topicGeneration && partitions.isLive(row);
    const isReplica = partitions.leader(row) === this.options.nodeId || this.follows(row);
    if (isCurrent && !isReplica) return errorCode.NOT_LEADER_OR_FOLLOWER;
    const found = this.open(row, topicGeneration);
    if (typeof found !== 'number') found.lastUsedMs = this.nowMs;
    return found;
  }

  private follows(row: PartitionRow): boolean {
    const { partitions } = this.options.metadata;
    return partitions.replicas(row).includes(this.options.nodeId);
  }

  /** Like `find`, for upkeep: it does not count as use, and asks for no leadership. */
  open(row: PartitionRow, topicGeneration: number): Partition | number {
    const known = this.partitions.get(row);
    if (known !== undefined && known.identity.topicGeneration === topicGeneration) return known;
    const { topics, partitions } = this.options.metadata;
    if (known !== undefined || partitions.topicGeneration(row) !== topicGeneration) {
      return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    const topicRow = partitions.topicRow(row);
    if (!partitions.isLive(row) || !topics.isLive(topicRow)) return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return this.make(row, topicRow, topicGeneration);
  }

  append(
    row: PartitionRow,
    topicGeneration: number,
    bytes: Uint8Array,
    from: number,
    length: number,
    acks: number,
    sink: AppendSink,
    tag: number,
    timeoutMs?: number,
  ): void {
    const partition = this.find(row, topicGeneration);
    if (typeof partition === 'number') sink.appended(tag, partition, -1, -1, undefined);
    else partition.append(new Append(bytes, from, length, acks, sink, tag, timeoutMs));
  }

  /** Whether the row belongs to this shard. */
  owns(row: PartitionRow): boolean {
    const { topics, partitions } = this.options.metadata;
    const nameHash = topics.nameHashOf(partitions.topicRow(row));
    return shardOf(nameHash, partitions.partition(row), this.options.shards) === this.options.shard;
  }

  /**
   * The logs of the node were found: what has replicas elsewhere is opened, to be copied to or from them, and what was
   * being moved. `directoryIds`: of the log directories, as far as they are known.
   */
  start(directoryIds: readonly (DirectoryId | undefined)[] = []): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.choice.ids = directoryIds;
    const { partitions, runtime } = this.options.metadata;
    partitions.forEachRow((row) => {
      if (!this.owns(row)) return;
      this.update(row);
      if (runtime.futureDirectory(row) >= 0) this.open(row, partitions.topicGeneration(row));
    });
  }

  /** Leadership or replicas changed as published; a partition without an object sees it when it is made. */
  update(row: PartitionRow): void {
    const { partitions } = this.options.metadata;
    this.moves.imageChanged(row);
    const leads = partitions.leader(row) === this.options.nodeId;
    let partition = this.partitions.get(row);
    if (partition === undefined) {
      const isReplicated = partitions.replicaCount(row) > 1;
      if (!isReplicated || !this.isStarted || this.isClosing || !(leads || this.follows(row))) return;
      const opened = this.findReplica(row, partitions.topicGeneration(row));
      if (typeof opened === 'number') return;
      partition = opened;
    }
    if (leads) {
      this.options.followers?.remove(row);
      partition.lead(this.assignmentOf(row));
    } else if (this.follows(row)) this.follow(partition);
    else this.drop(row, errorCode.NOT_LEADER_OR_FOLLOWER, () => {});
  }

  private follow(partition: Partition): void {
    const { row } = partition.identity;
    const { partitions } = this.options.metadata;
    partition.follow(partitions.leaderEpoch(row));
    this.options.followers?.follow(partition, partitions.leader(row));
  }

  private assignmentOf(row: PartitionRow): Assignment {
    const { partitions } = this.options.metadata;
    return {
      replicas: partitions.replicas(row),
      isr: partitions.isr(row),
      leaderEpoch: partitions.leaderEpoch(row),
      partitionEpoch: partitions.partitionEpoch(row),
    };
  }

  /** Forgets the object: requests that wait are answered with `code`, and the log is closed. */
  drop(row: PartitionRow, code: number, done: () => void): void {
    const partition = this.partitions.get(row);
    // What is open for upkeep alone is closed by that, and recovered whoever leads.
    if (partition === undefined || !partition.isNamed || this.isClosing) {
      done();
      return;
    }
    this.partitions.delete(row);
    this.options.followers?.remove(row);
    partition.endAppends(code);
    this.closeLog(partition, done);
  }

  /** Forgets the object of a partition that nobody uses; its log is flushed and closed. False: it is in use. */
  dropIdle(partition: Partition, done: () => void): boolean {
    const { row } = partition.identity;
    if (this.partitions.get(row) !== partition || !partition.isIdle) return false;
    this.partitions.delete(row);
    this.closeLog(partition, done);
    return true;
  }

  private closeLog(partition: Partition, done: () => void): void {
    this.closingLogs += 1;
    this.names.run(partition.name, (release) => {
      this.flushAndClose(partition, (failed) => {
        if (failed) this.failedClosings.add(partition.logDirectory);
        const { row } = partition.identity;
        const directory = this.options.directories[partition.logDirectory];
        if (!failed && partition.hasLog && directory?.isClean === false) this.closedHere.add(row);
        release();
        this.closingLogs -= 1;
        if (this.closingLogs === 0) for (const waiting of this.whenNoneCloses.splice(0)) waiting();
        done();
      });
    });
  }

  /** The partition is not this node's any longer: its directory is renamed, and goes after `file.delete.delay.ms`. */
  remove(removed: RemovedPartition): void {
    const { metadata, directories } = this.options;
    const partition = this.partitions.get(removed.row);
    const directory = directories[metadata.runtime.logDirectory(removed.row)];
    const futureDirectory = directories[metadata.runtime.futureDirectory(removed.row)];
    // A topic that lives on may bring the partition back: that is a new log then.
    if (!removed.topicDeleted) {
      metadata.runtime.setLogDirectory(removed.row, -1);
      metadata.runtime.setFuture(removed.row, noFutureLog);
    }
    const code = removed.topicDeleted ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : errorCode.NOT_LEADER_OR_FOLLOWER;
    this.partitions.delete(removed.row);
    this.options.followers?.remove(removed.row);
    this.closedHere.delete(removed.row);
    partition?.forget(code);
    const name = partitionDirectoryName(removed.topic, removed.partition);
    this.names.run(name, (release) => {
      const disk = partition?.disk ?? directory?.disk;
      const retired: LogDone<string | null> = (error, renamed) => {
        if (directory !== undefined) Atomics.sub(directory.logs, 0, 1);
        this.retirement.retired(name, disk, error, renamed);
        release();
      };
      this.retireFuture(partition, futureDirectory?.disk, removed, () => {
        if (partition?.hasLog === true) partition.log.retire(this.retirement.randomHex(), retired);
        else if (disk !== undefined) this.retirement.retireClosed(disk, name, removed, retired);
        else release();
      });
    });
  }

  /** The copy that was made of it in another directory. */
  private retireFuture(
    partition: Partition | undefined,
    disk: Disk | undefined,
    removed: RemovedPartition,
    done: () => void,
  ): void {
    if (partition !== undefined && this.moves.directoryOf(partition) >= 0) this.moves.cancel(partition, done);
    else if (disk === undefined) done();
    else {
      const name = futureDirectoryName(removed.topic, removed.partition, removed.topicId);
      this.retirement.retireClosed(disk, name, removed, (error, renamed) => {
        this.retirement.retired(name, disk, error, renamed);
        done();
      });
    }
  }

  /**
   * Closes every log: snapshots and index tails are written, files flushed. Answers the directories of which one could
   * not be closed, or was never opened properly: the next start has to look at them.
   */
  close(done: (failedDirectories: ReadonlySet<number>) => void): void {
    this.isClosing = true;
    const open = [...this.partitions.values()];
    const failedDirectories = new Set<number>();
    let left = open.length + 1;
    const closed = (): void => {
      left -= 1;
      if (left === 0) done(new Set([...failedDirectories, ...this.failedClosings]));
    };
    // Whoever leaves is first relieved of what it leads: those logs are on their way, and have to arrive too.
    if (this.closingLogs > 0) {
      left += 1;
      this.whenNoneCloses.push(closed);
    }
    for (const partition of open) {
      partition.endAppends(errorCode.NOT_LEADER_OR_FOLLOWER);
      this.names.run(partition.name, (release) => {
        this.flushAndClose(partition, (failed) => {
          if (failed || !partition.hasLog) failedDirectories.add(partition.logDirectory);
          release();
          closed();
        });
      });
    }
    closed();
  }

  private flushAndClose(partition: Partition, closed: (failed: boolean) => void): void {
    if (!partition.hasLog) {
      closed(false);
      return;
    }
    this.moves.close(partition, (failed) =>
      this.flushAndCloseLog(partition, (logFailed) => closed(failed || logFailed)),
    );
  }

  private flushAndCloseLog(partition: Partition, closed: (failed: boolean) => void): void {
    partition.published.closing();
    const { log } = partition;
    // A flush covers what is written: what is on its way to disk comes first. Its failure is the flush's too.
    log.submit(() =>
      log.flush((flushError) => {
        if (flushError === null) partition.published.recoveryPoint();
        log.close((closeError) => {
          const error = flushError ?? closeError;
          if (error !== null) this.logFailed(partition, partition.disk, error, 'a log could not be closed');
          closed(error !== null);
        });
      }),
    );
  }

  private logFailed(partition: Partition, disk: Disk | undefined, error: Error, message: string): void {
    // Of a directory that went offline one line was said.
    if (disk?.isOnline() === true) this.options.host.logger.error({ err: error, partition: partition.name }, message);
    if (error instanceof DiskError && fatalCodes.includes(error.code))
      disk?.fail(`${partition.name}: ${error.message}`);
  }

  private make(row: PartitionRow, topicRow: TopicRow, topicGeneration: number): Partition {
    const { metadata, host } = this.options;
    const identity = {
      row,
      topicRow,
      topicGeneration,
      topicId: metadata.topics.idOf(topicRow),
      topic: metadata.topics.nameOf(topicRow),
      partition: metadata.partitions.partition(row),
    };
    const partition = new Partition(identity, host, metadata.runtime);
    this.partitions.set(row, partition);
    if (metadata.partitions.leader(row) === this.options.nodeId) partition.lead(this.assignmentOf(row));
    else partition.follow(metadata.partitions.leaderEpoch(row));
    this.names.run(partition.name, (release) => this.openPartition(partition, release));
    return partition;
  }

  private openPartition(partition: Partition, release: () => void): void {
    const { row } = partition.identity;
    // Its topic is gone before its turn came.
    if (this.partitions.get(row) !== partition) {
      partition.opened(undefined, errorCode.UNKNOWN_TOPIC_OR_PARTITION);
      release();
      return;
    }
    const index = this.choice.directoryOf(row, partition.name);
    const directory = this.options.directories[index];
    if (directory === undefined) {
      partition.opened(undefined, errorCode.KAFKA_STORAGE_ERROR);
      release();
      return;
    }
    const { runtime } = this.options.metadata;
    const isNew = runtime.logDirectory(row) < 0;
    if (isNew) {
      runtime.setLogDirectory(row, index);
      Atomics.add(directory.logs, 0, 1);
    }
    const isClosedHere = this.closedHere.has(row);
    this.opener.open(directory, partition, isNew, directory.isClean || isClosedHere, (error, log) => {
      if (error !== null) {
        this.notOpened(directory, partition, isNew, error);
        release();
        return;
      }
      this.openedIn(directory, partition, log);
      if (this.isClosing) release();
      else this.moves.resume(partition, isClosedHere, release);
    });
  }

  private openedIn(directory: LogDirectory, partition: Partition, log: PartitionLog): void {
    const { row } = partition.identity;
    const { runtime } = this.options.metadata;
    if (this.partitions.get(row) === partition) {
      runtime.open(row, {
        logDirectory: runtime.logDirectory(row),
        logStartOffset: log.logStartOffset,
        logEndOffset: log.logEndOffset,
        highWatermark: log.highWatermark,
        recoveryPoint: log.recoveryPoint,
        sizeBytes: log.sizeBytes,
      });
    }
    partition.opened(log, 0, directory.disk);
  }

  private notOpened(directory: LogDirectory, partition: Partition, isNew: boolean, error: Error): void {
    const { row } = partition.identity;
    this.logFailed(partition, directory.disk, error, 'a log could not be opened');
    if (this.partitions.get(row) === partition) {
      // Nothing is known to be wrong with it, or it has no files: the next request tries again.
      if (isNew || !(error instanceof LogError)) this.partitions.delete(row);
      if (isNew) {
        this.options.metadata.runtime.setLogDirectory(row, -1);
        Atomics.sub(directory.logs, 0, 1);
      }
    }
    partition.opened(undefined, errorCode.KAFKA_STORAGE_ERROR);
  }
}
