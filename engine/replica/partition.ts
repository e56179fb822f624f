import { assert } from '../base/assert.ts';
import type { NodeId } from '../base/brands.ts';
import type { Disk } from '../base/disk.ts';
import type { LogConfig } from '../log/config.ts';
import { LogError } from '../log/log-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { ValidationConfig } from '../log/validation/validation-types.ts';
import type { PartitionRuntime } from '../metadata/columns/partition-runtime.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Append } from './append.ts';
import { AppendQueue, type AppendTarget } from './append-queue.ts';
import { askForIsr } from './ask-for-isr.ts';
import type { FetchGroup } from './fetch-group.ts';
import type { ReplicaHost, TopicSettings } from './host.ts';
import { type Assignment, Leadership } from './leadership.ts';
import type { PartitionIdentity } from './partition-identity.ts';
import { PublishedLog } from './published-log.ts';
import { ReadFailures } from './read-failures.ts';
import { Throttle } from './throttle.ts';
import { WaitingAppends } from './waiting-appends.ts';
import { type DeletionDone, WaitingDeletions } from './waiting-deletions.ts';

export type PartitionRole = 'leader' | 'follower';

/** The copy of a partition's log that is made in another directory. */
export interface MovingLog {
  readonly logStartOffset: number;
  /** The log that is copied was cut. */
  cut(): void;
}

/**
 * A partition that this shard has a replica of: made on traffic, or because there are other replicas; its log is opened
 * then. Everything about it happens on this thread, one event after the other; requests that come while its log is being
 * opened, or while a follower that shall lead is not done with what it copied, wait for that.
 */
export class Partition implements AppendTarget {
  readonly identity: PartitionIdentity;
  readonly published: PublishedLog;
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
  /** The move of its log to another directory that is under way. */
  move: MovingLog | null = null;
  /** Nothing changes its log now, and requests wait. */
  private isHeld = false;
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
  private readonly deletions: WaitingDeletions;
  /** Monotonic, to the second: when a request last named it. */
  lastUsedMs = Number.NEGATIVE_INFINITY;
  private readonly readFailures: ReadFailures;
  /** Upkeep leaves it open since then, for producers that may send again what was not answered. */
  keptSinceMs = Number.NEGATIVE_INFINITY;

  constructor(identity: PartitionIdentity, host: ReplicaHost, runtime: PartitionRuntime) {
    this.identity = identity;
    this.published = new PublishedLog(identity.row, runtime);
    this.unreplicated = new WaitingAppends(host.clock);
    this.readFailures = new ReadFailures(host.clock, host.logger);
    this.deletions = new WaitingDeletions(host.clock, () => this.lowWatermark);
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
    if (this.move !== null || !this.deletions.isEmpty) return false;
    // What has other replicas is copied to or from them for as long as it lasts.
    if (!this.queue.isIdle || this.role === 'follower' || this.leadership !== null) return false;
    return this.openLog === undefined || (this.openLog.isIdle && !this.openLog.hasOpenTransaction);
  }

  /** Records of a topic that is only compacted can't be deleted from its start. */
  get mayDeleteRecords(): boolean {
    return this.settings.log.cleanupDelete;
  }

  /** Below, no live replica has records, nor a copy of its log that is made in another directory. */
  private get lowWatermark(): number {
    const own = Math.min(this.log.logStartOffset, this.move?.logStartOffset ?? Number.POSITIVE_INFINITY);
    return this.leadership?.lowWatermark(own) ?? own;
  }

  /** DeleteRecords: `done` when all live replicas did so too, and they are not there again after a crash. */
  deleteRecordsBefore(offset: number, timeoutMs: number, done: DeletionDone): void {
    if (this.log.deleteRecordsBefore(offset)) this.published.start();
    this.host.writeCheckpoints('log-starts', () => {
      if (this.refused() !== 0) done(this.refusal, -1);
      else if (this.role !== 'leader') done(errorCode.NOT_LEADER_OR_FOLLOWER, -1);
      else this.deletions.add(offset, timeoutMs, done);
    });
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
      this.published.begin(log);
      log.setConfig(this.settings.log);
      if (this.role === 'leader') this.beginTerm();
      else this.published.end();
    }
    this.admit();
  }

  private admit(): void {
    if (this.isHeld) return;
    const waiting = this.whenOpened ?? [];
    this.whenOpened = undefined;
    for (const action of waiting) action();
  }

  get logConfig(): LogConfig {
    return this.settings.log;
  }

  /**
   * Requests wait, and nothing changes the log, until `goOn`. `done(false)`: what is under way did not come to its end
   * within `maxMs`, and all goes on.
   */
  hold(maxMs: number, done: (isHeld: boolean) => void): void {
    const { clock } = this.host;
    const untilMs = clock.monotonicMs() + maxMs;
    const look = (): void => {
      if (this.queue.isIdle && this.copies === 0 && this.log.isIdle) done(true);
      else if (clock.monotonicMs() < untilMs) clock.schedule(1, look);
      else {
        this.goOn();
        done(false);
      }
    };
    this.isHeld = true;
    this.whenOpened ??= [];
    look();
  }

  goOn(): void {
    this.isHeld = false;
    if (this.nextAssignment === null) this.admit();
  }

  /** Its log is this one from now on, a copy of what it was. Only while it is held. */
  switchTo(log: PartitionLog, disk: Disk): void {
    assert(this.isHeld, 'partition: its log is in use');
    log.keepUpWith(this.log);
    log.setConfig(this.settings.log);
    this.openLog = log;
    this.disk = disk;
    this.published.begin(log);
  }

  /** Whether a read of `log` failed only because the partition has another log by now. */
  hasLeft(log: PartitionLog, error: Error): boolean {
    const isClosed = error instanceof LogError && (error.reason === 'gone' || error.reason === 'closed');
    return isClosed && this.openLog !== log && this.isOnline;
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
    this.deletions.check();
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
    askForIsr(this, this.host, () => this.advanceHighWatermark());
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
      else this.published.end();
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

  /** A read met a failure that is not the reader's; answers the code for it. */
  readFailed(error: Error): number {
    return this.readFailures.codeOf(error, this.name);
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
    this.deletions.failAll(errorCode.NOT_LEADER_OR_FOLLOWER);
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
    this.move?.cut();
    this.published.end();
    this.published.start();
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
    if (start > log.logStartOffset && log.deleteRecordsBefore(start)) this.published.start();
    this.published.end();
    if (log.highWatermark > before) for (const watch of this.watches) watch.moved();
  }

  /** From now on every request is answered with `code`. */
  goOffline(code: number): void {
    if (this.refusal !== 0) return;
    this.refusal = code;
    this.unreplicated.failAll(code);
    this.deletions.failAll(code);
    this.wakeWatches();
  }

  /** Its topic is gone: its row is not written any more, it belongs to whoever comes next. */
  forget(code: number): void {
    this.published.isForgotten = true;
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
    this.published.end();
    if (!this.unreplicated.isEmpty) this.unreplicated.reached(log.highWatermark, code);
    if (log.highWatermark > before) for (const watch of this.watches) watch.moved();
  }

  /** Nothing new comes; what was staged is on its way to disk when this returns. */
  endAppends(code: number): void {
    this.queue.submit();
    this.goOffline(code);
  }

  private wakeWatches(): void {
    for (const watch of this.watches) watch.moved();
    for (const watch of this.followerWatches) watch.moved();
  }

  private validationOf(settings: TopicSettings): ValidationConfig {
    return { ...settings.validation, topicPartition: this.name };
  }
}
