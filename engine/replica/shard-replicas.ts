import type { NodeId, PartitionRow, ThreadIndex, TopicRow } from '../base/brands.ts';
import { type Disk, DiskError, type DiskErrorCode } from '../base/disk.ts';
import { partitionDirectoryName, strayDirectoryName } from '../log/file-names.ts';
import { type LogDone, LogError } from '../log/log-error.ts';
import type { LogEnvironment } from '../log/log-state.ts';
import { openLog } from '../log/open-log.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { unreadable } from '../metadata/columns/partition-runtime.ts';
import { shardOf } from '../metadata/columns/placement.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import type { RemovedPartition } from '../metadata/delta.ts';
import { errorCode } from '../protocol/errors.ts';
import { Append, type AppendSink } from './append.ts';
import type { PartitionSource } from './fetch-group.ts';
import type { ReplicaHost } from './host.ts';
import type { Assignment } from './leadership.ts';
import { chooseDirectory, type LogDirectory, lostDirectory } from './log-directory.ts';
import { LogRetirement } from './log-retirement.ts';
import { NameLocks } from './name-locks.ts';
import { Partition } from './partition.ts';

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
  private readonly names = new NameLocks();
  private readonly retirement: LogRetirement;
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

  /** The logs of the node were found: what has replicas elsewhere is opened, to be copied to or from them. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.options.metadata.partitions.forEachRow((row) => {
      if (this.owns(row)) this.update(row);
    });
  }

  /** Leadership or replicas changed as published; a partition without an object sees it when it is made. */
  update(row: PartitionRow): void {
    const { partitions } = this.options.metadata;
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
    // A topic that lives on may bring the partition back: that is a new log then.
    if (!removed.topicDeleted) metadata.runtime.setLogDirectory(removed.row, -1);
    const code = removed.topicDeleted ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : errorCode.NOT_LEADER_OR_FOLLOWER;
    this.partitions.delete(removed.row);
    this.options.followers?.remove(removed.row);
    this.closedHere.delete(removed.row);
    partition?.forget(code);
    this.names.run(partitionDirectoryName(removed.topic, removed.partition), (release) => {
      const disk = partition?.disk ?? directory?.disk;
      const retired: LogDone<string | null> = (error, renamed) => {
        if (directory !== undefined) Atomics.sub(directory.logs, 0, 1);
        this.retirement.retired(removed, disk, error, renamed);
        release();
      };
      if (partition?.hasLog === true) partition.log.retire(this.retirement.randomHex(), retired);
      else if (disk !== undefined) this.retirement.retireClosed(disk, removed, retired);
      else release();
    });
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
    partition.closing();
    const { log } = partition;
    // A flush covers what is written: what is on its way to disk comes first. Its failure is the flush's too.
    log.submit(() =>
      log.flush((flushError) => {
        if (flushError === null) partition.publishRecoveryPoint();
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
    const index = this.directoryOf(row);
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
    this.openLogIn(directory, partition, isNew, (error, log) => {
      if (error === null) this.openedIn(directory, partition, log);
      else this.notOpened(directory, partition, isNew, error);
      release();
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

  private openLogIn(
    directory: LogDirectory,
    partition: Partition,
    isFirst: boolean,
    done: LogDone<PartitionLog>,
  ): void {
    const { metadata, environment, host } = this.options;
    const { row, topic, partition: index, topicId, topicRow } = partition.identity;
    const open = (isNew: boolean, opened: LogDone<PartitionLog>): void =>
      openLog(
        {
          disk: directory.disk,
          environment,
          topic,
          partition: index,
          topicId,
          config: host.settingsOf(topicRow).log,
          cleanShutdown: directory.isClean || this.closedHere.has(row),
          recoveryPoint: isNew ? 0 : known(metadata.runtime.recoveryPoint(row)),
          logStartOffset: isNew ? 0 : known(metadata.runtime.logStartOffset(row)),
          highWatermark: isNew ? 0 : known(metadata.runtime.highWatermark(row)),
          cleanedOffset: isNew ? 0 : known(metadata.runtime.cleanedOffset(row)),
        },
        opened,
      );
    open(isFirst, (error, log) => {
      if (!(error instanceof LogError) || error.reason !== 'other-topic') {
        done(error, log);
        return;
      }
      // Its topic was deleted and made again, and the process ended before the directory had another name.
      this.setAside(directory.disk, partition, (renameError) => {
        if (renameError === null) open(true, done);
        else done(renameError, log);
      });
    });
  }

  private setAside(disk: Disk, partition: Partition, done: (error: DiskError | null) => void): void {
    const { topic, partition: index } = partition.identity;
    const stray = strayDirectoryName(topic, index, this.retirement.randomHex());
    const fields = { directory: disk.root, log: partition.name, stray };
    this.options.host.logger.warn(fields, 'a log belongs to an earlier topic of this name; it is set aside');
    disk.rename(partition.name, stray, done);
  }

  /** Where the log lies, or is to be made; -1: nowhere now. */
  private directoryOf(row: PartitionRow): number {
    const { directories, metadata, host } = this.options;
    const known = metadata.runtime.logDirectory(row);
    if (known >= 0) return directories[known]?.disk.isOnline() === true ? known : -1;
    return known === lostDirectory ? -1 : chooseDirectory(directories, (root) => host.isCordoned(root));
  }
}

/** A shard that died while it wrote the row left it unreadable: the log is looked through from its beginning. */
function known(offset: number): number {
  return offset === unreadable ? 0 : offset;
}
