import { assert } from '../base/assert.ts';
import type { PartitionRow, TopicId, TopicRow } from '../base/brands.ts';
import type { Disk } from '../base/disk.ts';
import { LogError } from '../log/log-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { ValidationConfig } from '../log/validation/validation-types.ts';
import type { PartitionRuntime } from '../metadata/columns/partition-runtime.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Append } from './append.ts';
import { AppendQueue, type AppendTarget } from './append-queue.ts';
import type { FetchGroup } from './fetch-group.ts';
import type { ReplicaHost, TopicSettings } from './host.ts';

export interface PartitionIdentity {
  readonly row: PartitionRow;
  readonly topicRow: TopicRow;
  readonly topicGeneration: number;
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partition: number;
}

/**
 * A partition that this shard leads: made on traffic, its log opened then. Everything about it happens on this thread,
 * one event after the other; requests that come while its log is being opened wait for that.
 */
export class Partition implements AppendTarget {
  readonly identity: PartitionIdentity;
  readonly watches = new Set<FetchGroup>();
  leaderEpoch: number;
  validation: ValidationConfig;
  private settings: TopicSettings;
  private readonly host: ReplicaHost;
  private readonly runtime: PartitionRuntime;
  private readonly queue: AppendQueue;
  private openLog: PartitionLog | undefined;
  /** Where its log lies, once that is open. */
  disk: Disk | undefined;
  private whenOpened: (() => void)[] | undefined = [];
  /** 0, or why the partition takes no requests: its directory is offline, or it is gone. */
  private refusal = 0;
  /** Written batches of acks=all above the high watermark, in the order of their offsets. */
  private unreplicated: Append[] = [];
  /** Its row is, or will be, another partition's. */
  private isForgotten = false;
  /** Size of the log when retention last looked. */
  private retentionSeenBytes = -1;
  /** What of the recovery point was told last. */
  private toldRecoveryPoint = -1;
  /** What of the cleaned section was told last. */
  private toldCleanedOffset = -1;
  /** Monotonic, to the second: when a request last named it. */
  lastUsedMs = Number.NEGATIVE_INFINITY;
  /** Upkeep leaves it open since then, for producers that may send again what was not answered. */
  keptSinceMs = Number.NEGATIVE_INFINITY;

  constructor(identity: PartitionIdentity, leaderEpoch: number, host: ReplicaHost, runtime: PartitionRuntime) {
    this.identity = identity;
    this.leaderEpoch = leaderEpoch;
    this.host = host;
    this.runtime = runtime;
    this.settings = host.settingsOf(identity.topicRow);
    this.validation = this.validationOf(this.settings);
    this.queue = new AppendQueue(this, host);
  }

  get name(): string {
    return `${this.identity.topic}-${this.identity.partition}`;
  }

  get isOpening(): boolean {
    return this.whenOpened !== undefined;
  }

  get isOnline(): boolean {
    return this.openLog !== undefined && this.refusal === 0;
  }

  /** A request has named it; before that it is open for upkeep only, whoever leads. */
  get isNamed(): boolean {
    return this.lastUsedMs !== Number.NEGATIVE_INFINITY;
  }

  /** Nobody waits for it, nothing of it is under way, and its log could be closed and opened again unnoticed. */
  get isIdle(): boolean {
    if (this.whenOpened !== undefined || this.watches.size > 0 || this.unreplicated.length > 0) return false;
    if (!this.queue.isIdle) return false;
    return this.openLog === undefined || (this.openLog.isIdle && !this.openLog.hasOpenTransaction);
  }

  /** Records of a topic that is only compacted can't be deleted from its start. */
  get mayDeleteRecords(): boolean {
    return this.settings.log.cleanupDelete;
  }

  /** Index of its log directory, -1 without one. */
  get logDirectory(): number {
    return this.runtime.logDirectory(this.identity.row);
  }

  get hasLog(): boolean {
    return this.openLog !== undefined;
  }

  get log(): PartitionLog {
    assert(this.openLog !== undefined, 'partition: the log is not open');
    return this.openLog;
  }

  /** The log is there (or could not be had: `refusal` is the code that every request gets). */
  opened(log: PartitionLog | undefined, refusal: number, disk?: Disk): void {
    this.openLog = log;
    this.disk = disk;
    // It may have been taken away while its log was being opened.
    if (this.refusal === 0) this.refusal = refusal;
    const waiting = this.whenOpened ?? [];
    this.whenOpened = undefined;
    if (log !== undefined) {
      log.setConfig(this.settings.log);
      log.assignEpoch(this.leaderEpoch);
      this.advanceHighWatermark();
    }
    for (const action of waiting) action();
  }

  /** Runs `action` when the partition is open, which may be now. */
  whenOpen(action: () => void): void {
    if (this.whenOpened === undefined) action();
    else this.whenOpened.push(action);
  }

  append(append: Append): void {
    if (this.whenOpened === undefined) this.queue.push(append);
    else this.whenOpened.push(() => this.queue.push(append));
  }

  mayAppend(append: Append): number {
    const refused = this.refused();
    if (refused !== 0) return refused;
    if (this.log.failure !== null) return errorCode.KAFKA_STORAGE_ERROR;
    // The only replica is in sync with itself: with more asked for, nothing may be acknowledged.
    if (append.acks === -1 && this.settings.minInsyncReplicas > 1) return errorCode.NOT_ENOUGH_REPLICAS;
    return 0;
  }

  /** 0, or why a reader that believes in `currentLeaderEpoch` (-1: in none) gets nothing. */
  mayRead(currentLeaderEpoch: number): number {
    const refused = this.refused();
    if (refused !== 0) return refused;
    if (currentLeaderEpoch === -1 || currentLeaderEpoch === this.leaderEpoch) return 0;
    return currentLeaderEpoch < this.leaderEpoch ? errorCode.FENCED_LEADER_EPOCH : errorCode.UNKNOWN_LEADER_EPOCH;
  }

  /** 0, or the code that every request gets. Its directory may have been taken offline by any thread. */
  private refused(): number {
    if (this.refusal === 0 && this.disk?.isOnline() === false) this.goOffline(errorCode.KAFKA_STORAGE_ERROR);
    return this.refusal;
  }

  /** Notices that the directory went offline, so that those who wait need not find out by asking again. */
  checkDirectory(): void {
    this.refused();
  }

  countAppended(bytes: number, records: number): void {
    const { topicRow, topicGeneration } = this.identity;
    this.host.countAppended(topicRow, topicGeneration, bytes, records);
  }

  written(appends: readonly Append[], code: number): void {
    if (code !== 0) {
      for (const append of appends) append.fail(code);
      this.goOffline(errorCode.KAFKA_STORAGE_ERROR);
      return;
    }
    this.advanceHighWatermark();
    for (const append of appends) {
      if (append.acks !== -1 || append.endOffset <= this.log.highWatermark) append.succeed();
      else this.unreplicated.push(append);
    }
  }

  /** A read met a failure that is not the reader's: a broken file takes the partition offline, a vanished segment nothing. */
  readFailed(error: Error): void {
    if (error instanceof LogError && error.reason !== 'corrupt') return;
    this.host.logger.error({ err: error, partition: this.name }, 'a partition could not be read');
    if (error instanceof LogError) this.goOffline(errorCode.KAFKA_STORAGE_ERROR);
  }

  /** A new epoch of leadership, or a new configuration. */
  update(leaderEpoch: number): void {
    this.settings = this.host.settingsOf(this.identity.topicRow);
    this.validation = this.validationOf(this.settings);
    this.openLog?.setConfig(this.settings.log);
    if (leaderEpoch === this.leaderEpoch) return;
    this.leaderEpoch = leaderEpoch;
    this.openLog?.assignEpoch(leaderEpoch);
    this.wakeWatches();
  }

  /** From now on every request is answered with `code`. */
  goOffline(code: number): void {
    if (this.refusal !== 0) return;
    this.refusal = code;
    for (const append of this.unreplicated) append.fail(code);
    this.unreplicated = [];
    this.wakeWatches();
  }

  /** Its topic is gone: its row is not written any more, it belongs to whoever comes next. */
  forget(code: number): void {
    this.isForgotten = true;
    this.goOffline(code);
  }

  /** The only replica in sync is this one, so everything written is replicated. */
  private advanceHighWatermark(): void {
    const { log } = this;
    const before = log.highWatermark;
    log.setHighWatermark(log.logEndOffset);
    this.publishEnd();
    while (this.unreplicated.length > 0 && this.unreplicated[0]!.endOffset <= log.highWatermark) {
      this.unreplicated.shift()!.succeed();
    }
    if (log.highWatermark > before) this.wakeWatches();
  }

  /** Tells all threads what they may know of the log. */
  publishEnd(): void {
    const { log } = this;
    if (this.isForgotten) return;
    this.runtime.setEnd(this.identity.row, log.logEndOffset, log.highWatermark, log.sizeBytes);
    if (log.cleanedOffset === this.toldCleanedOffset) return;
    this.toldCleanedOffset = log.cleanedOffset;
    this.runtime.setCleanedOffset(this.identity.row, log.cleanedOffset);
  }

  publishRecoveryPoint(): void {
    const { recoveryPoint } = this.log;
    if (recoveryPoint === this.toldRecoveryPoint || this.isForgotten) return;
    this.toldRecoveryPoint = recoveryPoint;
    this.runtime.setRecoveryPoint(this.identity.row, recoveryPoint);
  }

  /** Nothing new comes; what was staged is on its way to disk when this returns. */
  endAppends(code: number): void {
    this.queue.submit();
    this.goOffline(code);
  }

  publishStart(): void {
    if (this.isForgotten) return;
    this.runtime.setStart(this.identity.row, this.log.logStartOffset, this.log.sizeBytes);
    // Segments below the start go when retention looks next.
    this.runtime.setNextRetentionMs(this.identity.row, 0);
  }

  /** Notes when retention by time has to look again; 0, at once, while the log grows. */
  planRetention(): void {
    if (this.isForgotten) return;
    const { log } = this;
    this.retentionSeenBytes = log.sizeBytes;
    this.runtime.setNextRetentionMs(this.identity.row, log.nextRetentionMs);
  }

  /** The log is about to be closed: what was appended since retention looked may be over its size. */
  closing(): void {
    if (this.isForgotten || this.openLog === undefined) return;
    if (this.openLog.sizeBytes !== this.retentionSeenBytes) this.runtime.setNextRetentionMs(this.identity.row, 0);
  }

  private wakeWatches(): void {
    for (const watch of this.watches) watch.moved();
  }

  private validationOf(settings: TopicSettings): ValidationConfig {
    return { ...settings.validation, topicPartition: this.name };
  }
}
