import { assert } from '../base/assert.ts';
import type { NodeId } from '../base/brands.ts';
import type { Disk } from '../base/disk.ts';
import { LogError } from '../log/log-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { ValidationConfig } from '../log/validation/validation-types.ts';
import type { PartitionRuntime } from '../metadata/columns/partition-runtime.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Append } from './append.ts';
import { AppendQueue, type AppendTarget } from './append-queue.ts';
import type { FetchGroup } from './fetch-group.ts';
import type { IsrChange, ReplicaHost, TopicSettings } from './host.ts';
import { type AlterPartitionResult, type Assignment, Leadership } from './leadership.ts';
import type { PartitionIdentity } from './partition-identity.ts';
import { Throttle } from './throttle.ts';
import { WaitingAppends } from './waiting-appends.ts';

/** Readers of a broken batch come back at once: it is said so often, and no more. */
const unreadableIntervalMs = 10_000;

export type PartitionRole = 'leader' | 'follower';

/**
 * A partition that this shard has a replica of: made on traffic, or because there are other replicas; its log is opened
 * then. Everything about it happens on this thread, one event after the other; requests that come while its log is being
 * opened, or while a follower that shall lead is not done with what it copied, wait for that.
 */
export class Partition implements AppendTarget {
  readonly identity: PartitionIdentity;
  /** Those who wait for records below the high watermark, and the followers, who wait for any. */
  readonly watches = new Set<FetchGroup>();
  readonly followerWatches = new Set<FetchGroup>();
  role: PartitionRole = 'follower';
  leaderEpoch = -1;
  /** What is known of the followers, where there are any. */
  leadership: Leadership | null = null;
  /** As a follower: committed records that it lacks, as far as it heard. */
  leaderLag = 0;
  private assignment: Assignment | null = null;
  /** There is no other replica, whoever leads. */
  private isAlone = false;
  /** It shall lead as soon as what it copies is in its log. */
  private nextAssignment: Assignment | null = null;
  /** Writes and truncations of a follower that are under way. */
  private copies = 0;
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
  private readonly unreplicated: WaitingAppends;
  readonly throttle: Throttle;
  /** Its row is, or will be, another partition's. */
  private isForgotten = false;
  /** Size of the log when retention last looked. */
  private retentionSeenBytes = -1;
  /** What of the recovery point, and of the cleaned section, was told last. */
  private toldRecoveryPoint = -1;
  private toldCleanedOffset = -1;
  /** Monotonic, to the second: when a request last named it. */
  lastUsedMs = Number.NEGATIVE_INFINITY;
  private saysUnreadableAtMs = Number.NEGATIVE_INFINITY;
  /** Upkeep leaves it open since then, for producers that may send again what was not answered. */
  keptSinceMs = Number.NEGATIVE_INFINITY;

  constructor(identity: PartitionIdentity, host: ReplicaHost, runtime: PartitionRuntime) {
    this.identity = identity;
    this.unreplicated = new WaitingAppends(host.clock);
    this.host = host;
    this.runtime = runtime;
    this.settings = host.settingsOf(identity.topicRow);
    this.throttle = new Throttle(identity.partition, host.replication, () => this.settings);
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

  /** Just elected, and what was committed before is not known to its whole extent: consumers are not told where it ends. */
  get isEndUncertain(): boolean {
    return this.leadership !== null && this.log.highWatermark < this.leadership.epochStartOffset;
  }

  /** It leads as soon as what it copied is in its log. */
  get isToLead(): boolean {
    return this.nextAssignment !== null;
  }

  /** A request has named it; before that it is open for upkeep only, whoever leads. */
  get isNamed(): boolean {
    return this.lastUsedMs !== Number.NEGATIVE_INFINITY;
  }

  /** Nobody waits for it, nothing of it is under way, and its log could be closed and opened again unnoticed. */
  get isIdle(): boolean {
    if (this.whenOpened !== undefined || this.watches.size > 0 || !this.unreplicated.isEmpty) return false;
    // What has other replicas is copied to or from them for as long as it lasts.
    if (!this.queue.isIdle || this.role === 'follower' || this.leadership !== null) return false;
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
    if (log !== undefined) {
      log.setConfig(this.settings.log);
      if (this.role === 'leader') this.beginTerm();
      else this.publishEnd();
    }
    this.admit();
  }

  private admit(): void {
    const waiting = this.whenOpened ?? [];
    this.whenOpened = undefined;
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
    if (this.role !== 'leader') return errorCode.NOT_LEADER_OR_FOLLOWER;
    if (this.log.failure !== null) return errorCode.KAFKA_STORAGE_ERROR;
    const { leadership } = this;
    if (leadership === null || append.acks !== -1) return 0;
    const isEnough = leadership.isr.length >= leadership.effectiveMinIsr(this.settings.minInsyncReplicas);
    return isEnough ? 0 : errorCode.NOT_ENOUGH_REPLICAS;
  }

  /**
   * 0, or why a reader that believes in `currentLeaderEpoch` (-1: in none) gets nothing. Consumers may read of a follower
   * (KIP-392); others read of the leader.
   */
  mayRead(currentLeaderEpoch: number, onlyOfLeader = true): number {
    const refused = this.refused();
    if (refused !== 0) return refused;
    if (currentLeaderEpoch !== -1 && currentLeaderEpoch !== this.leaderEpoch) {
      return currentLeaderEpoch < this.leaderEpoch ? errorCode.FENCED_LEADER_EPOCH : errorCode.UNKNOWN_LEADER_EPOCH;
    }
    return onlyOfLeader && this.role !== 'leader' ? errorCode.NOT_LEADER_OR_FOLLOWER : 0;
  }

  /** A follower fetches from `offset` on. Answers 0, or why it gets nothing. */
  followerFetched(id: NodeId, offset: number, logStartOffset: number, brokerEpoch: number): number {
    const { leadership, log } = this;
    const nowMs = this.host.clock.monotonicMs();
    if (leadership?.fetched(id, offset, logStartOffset, brokerEpoch, log.logEndOffset, nowMs) !== true) {
      return errorCode.NOT_LEADER_OR_FOLLOWER;
    }
    if (leadership.expansion(id, log.highWatermark) !== null) this.askForIsr();
    this.advanceHighWatermark();
    return 0;
  }

  /** Where a consumer in `rack` had better read from `offset` on; -1: here. */
  preferredReplica(rack: number, offset: number): NodeId {
    return this.leadership?.preferredReplica(rack, offset) ?? -1;
  }

  /** Whoever is behind for too long is taken out of the ISR; to be called now and then. */
  shrinkIsr(): void {
    const { leadership } = this;
    if (leadership === null || !this.isOnline || this.role !== 'leader') return;
    const change = leadership.shrinking(this.log.logEndOffset, this.host.clock.monotonicMs());
    if (change !== null) this.askForIsr();
  }

  private askForIsr(): void {
    const { leadership } = this;
    const { topicId, partition } = this.identity;
    this.host.replication.alterPartition(
      () => {
        const change = this.leadership === leadership && this.isOnline ? leadership?.proposal() : null;
        return change === null || change === undefined ? null : { ...change, topicId, partition };
      },
      (asked, result) => {
        if (this.leadership === leadership) this.isrAnswered(asked, result);
      },
    );
  }

  private isrAnswered(asked: IsrChange, result: AlterPartitionResult): void {
    const { leadership } = this;
    const { replication, logger } = this.host;
    if (leadership === null) return;
    const before = leadership.isr;
    if (result.errorCode === 0) {
      if (!leadership.altered(asked, result)) return;
      replication.countIsrChange(result.isr.length < before.length ? 'shrinks' : 'expands');
      logger.info({ partition: this.name, from: before, to: result.isr }, 'the replicas in sync have changed');
      this.advanceHighWatermark();
      return;
    }
    replication.countIsrChange('failedUpdates');
    logger.info({ partition: this.name, errorCode: result.errorCode }, 'the replicas in sync could not be changed');
    // These two say for sure that nothing was changed. After others the next image tells what is.
    const isVoid =
      result.errorCode === errorCode.INELIGIBLE_REPLICA || result.errorCode === errorCode.OPERATION_NOT_ATTEMPTED;
    if (isVoid) leadership.withdraw(asked);
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

  /** A follower staged a batch of its leader's. */
  countCopied(bytes: number): void {
    this.host.replication.countCopied(bytes);
  }

  written(appends: readonly Append[], code: number): void {
    if (code !== 0) {
      for (const append of appends) append.fail(code);
      this.goOffline(errorCode.KAFKA_STORAGE_ERROR);
      return;
    }
    if (this.role !== 'leader') {
      // Given up while they were written: whether they stay is the new leader's to say. With no other replica they do.
      for (const append of appends) append.fail(errorCode.NOT_LEADER_OR_FOLLOWER);
      if (this.isAlone) this.advanceHighWatermark();
      else this.publishEnd();
      return;
    }
    if (this.leadership === null) {
      this.advanceHighWatermark();
      for (const append of appends) append.succeed();
      return;
    }
    for (const append of appends) {
      if (append.acks === -1) this.unreplicated.add(append);
      else append.succeed();
    }
    this.advanceHighWatermark();
    for (const watch of this.followerWatches) watch.moved();
  }

  /**
   * A read met a failure that is not the reader's; answers the code for it. Only the read fails: bytes that are broken
   * once may be whole when read again, and what else the log holds is as good as before.
   */
  readFailed(error: Error): number {
    const isBroken = error instanceof LogError && error.reason === 'corrupt';
    if (error instanceof LogError && !isBroken) return errorCode.KAFKA_STORAGE_ERROR;
    const now = this.host.clock.monotonicMs();
    if (now >= this.saysUnreadableAtMs) {
      this.saysUnreadableAtMs = now + unreadableIntervalMs;
      this.host.logger.error({ err: error, partition: this.name }, 'a partition could not be read');
    }
    return isBroken ? errorCode.CORRUPT_MESSAGE : errorCode.KAFKA_STORAGE_ERROR;
  }

  /** A new configuration. */
  reconfigure(): void {
    this.settings = this.host.settingsOf(this.identity.topicRow);
    this.validation = this.validationOf(this.settings);
    this.openLog?.setConfig(this.settings.log);
    if (this.isOnline && this.role === 'leader' && this.whenOpened === undefined) this.advanceHighWatermark();
  }

  /** This node leads, or goes on leading, as the image says. */
  lead(assignment: Assignment): void {
    if (assignment.leaderEpoch < this.leaderEpoch) return;
    if (this.copies > 0) {
      this.nextAssignment = assignment;
      this.whenOpened ??= [];
      return;
    }
    const isNew = this.role !== 'leader' || assignment.leaderEpoch > this.leaderEpoch;
    this.role = 'leader';
    this.leaderEpoch = assignment.leaderEpoch;
    this.assignment = assignment;
    this.isAlone = assignment.replicas.length === 1;
    if (this.isAlone) this.leadership = null;
    else this.leadership ??= this.newLeadership();
    if (this.openLog === undefined) return;
    this.beginTerm();
    if (isNew) this.wakeWatches();
  }

  private newLeadership(): Leadership {
    const { nodeId, brokers, lagTimeMaxMs } = this.host.replication;
    return new Leadership(nodeId, brokers, lagTimeMaxMs);
  }

  private beginTerm(): void {
    const { log, assignment } = this;
    assert(assignment !== null, 'partition: a leader has an assignment');
    log.assignEpoch(this.leaderEpoch);
    this.leadership?.assign(assignment, log.nextOffset, this.host.clock.monotonicMs());
    this.advanceHighWatermark();
  }

  /** Another node leads. What waits for this one is told so; what was staged goes to disk, to be kept or cut off later. */
  follow(leaderEpoch: number): void {
    if (leaderEpoch < this.leaderEpoch) return;
    const isNew = this.role !== 'follower' || leaderEpoch > this.leaderEpoch;
    this.nextAssignment = null;
    this.leaderLag = 0;
    this.role = 'follower';
    this.leaderEpoch = leaderEpoch;
    this.assignment = null;
    this.leadership = null;
    if (!isNew) return;
    this.queue.submit();
    this.unreplicated.failAll(errorCode.NOT_LEADER_OR_FOLLOWER);
    this.wakeWatches();
  }

  /** A follower writes or truncates: until `copyEnded` nothing else changes the log. */
  copyBegan(): void {
    assert(this.role === 'follower', 'partition: only a follower copies');
    this.copies += 1;
  }

  copyEnded(): void {
    this.copies -= 1;
    const next = this.nextAssignment;
    if (this.copies > 0 || next === null) {
      if (this.copies === 0 && this.openLog !== undefined) this.admit();
      return;
    }
    this.nextAssignment = null;
    this.lead(next);
    this.admit();
  }

  /** A follower's log was cut. */
  truncated(fromOffset: number): void {
    const { log } = this;
    const fields = { partition: this.name, from: fromOffset, to: log.logEndOffset };
    this.host.logger.info(fields, 'a log was cut to where it agrees with its leader');
    this.publishEnd();
    this.publishStart();
    for (const watch of this.watches) watch.moved();
  }

  copyFailed(error: Error): void {
    this.host.logger.error({ err: error, partition: this.name }, 'a log could not be cut');
    this.goOffline(errorCode.KAFKA_STORAGE_ERROR);
  }

  /** A follower has heard how far the leader's records are committed, and where its log begins. */
  heardOfLeader(highWatermark: number, logStartOffset: number): void {
    const { log } = this;
    const before = log.highWatermark;
    log.setHighWatermark(Math.min(highWatermark, log.logEndOffset));
    this.leaderLag = Math.max(0, highWatermark - log.logEndOffset);
    const start = Math.min(logStartOffset, log.highWatermark);
    if (start > log.logStartOffset && log.deleteRecordsBefore(start)) this.publishStart();
    this.publishEnd();
    if (log.highWatermark > before) for (const watch of this.watches) watch.moved();
  }

  /** From now on every request is answered with `code`. */
  goOffline(code: number): void {
    if (this.refusal !== 0) return;
    this.refusal = code;
    this.unreplicated.failAll(code);
    this.wakeWatches();
  }

  /** Its topic is gone: its row is not written any more, it belongs to whoever comes next. */
  forget(code: number): void {
    this.isForgotten = true;
    this.goOffline(code);
  }

  /** What every replica in sync has is committed; where there is no other, what is written. */
  private advanceHighWatermark(): void {
    const { log, leadership } = this;
    const before = log.highWatermark;
    const { minInsyncReplicas } = this.settings;
    let code = 0;
    if (leadership === null) log.setHighWatermark(log.logEndOffset);
    else {
      const nowMs = this.host.clock.monotonicMs();
      log.setHighWatermark(leadership.highWatermark(log.logEndOffset, before, minInsyncReplicas, nowMs));
      const isEnough = leadership.maximalIsr.length >= leadership.effectiveMinIsr(minInsyncReplicas);
      if (!isEnough) code = errorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
    }
    this.publishEnd();
    if (!this.unreplicated.isEmpty) this.unreplicated.reached(log.highWatermark, code);
    if (log.highWatermark > before) for (const watch of this.watches) watch.moved();
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
    for (const watch of this.followerWatches) watch.moved();
  }

  private validationOf(settings: TopicSettings): ValidationConfig {
    return { ...settings.validation, topicPartition: this.name };
  }
}
