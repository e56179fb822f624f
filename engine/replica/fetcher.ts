import type { NodeId, PartitionRow, TopicId } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { RequestSender } from '../base/request-sender.ts';
import { errorCode } from '../protocol/errors.ts';
import { apiKey } from '../protocol/generated/api-rows.js';
import { decodeFetchResponse, type FetchResponse, type PartitionData } from '../protocol/generated/fetch-response.js';
import { nullWhereBroken } from '../protocol/null-where-broken.ts';
import { Reader } from '../protocol/reader.ts';
import { FetcherSession, fetchVersion } from './fetcher-session.ts';
import type { CopyOutcome, FollowedLog } from './follower.ts';
import type { ReplicationQuota } from './host.ts';
import { askForOffsets } from './leader-offsets.ts';

/** The way to the leader's broker. */
export interface LeaderConnection extends RequestSender {
  /** Ends what is under way without an answer. */
  interrupt(): void;
}

export interface FetcherSettings {
  /** replica.fetch.wait.max.ms */
  readonly maxWaitMs: number;
  /** replica.fetch.min.bytes */
  readonly minBytes: number;
  /** replica.fetch.response.max.bytes */
  readonly maxBytes: number;
  /** replica.fetch.max.bytes */
  readonly partitionMaxBytes: number;
  /** replica.fetch.backoff.ms */
  readonly backoffMs: number;
  /** replica.socket.timeout.ms */
  readonly timeoutMs: number;
}

export interface FetcherOptions {
  readonly nodeId: NodeId;
  readonly leader: NodeId;
  /** The epoch of this broker's registration; -1 where it has none. */
  brokerEpoch(): number;
  readonly clock: Clock;
  readonly logger: Logger;
  settings(): FetcherSettings;
  readonly connection: LeaderConnection;
  /** Of the node, for what is throttled. */
  readonly quota: ReplicationQuota;
}

/** One partition that is fetched, in one epoch of its leader. */
export interface Followed {
  readonly row: PartitionRow;
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly log: FollowedLog;
}

/** Beyond the leader's log: first it is asked where that ends, then, if need be, where it begins. */
type FollowedState = 'fetching' | 'needsEnd' | 'needsStart';

export class FollowedEntry {
  readonly followed: Followed;
  state: FollowedState = 'fetching';
  /** Monotonic: it is left alone until then. */
  delayedUntilMs = Number.NEGATIVE_INFINITY;
  /** Nothing that is committed was missing when the leader last answered; false until it did. */
  isInSync = false;

  constructor(followed: Followed) {
    this.followed = followed;
  }
}

/** A connection that failed is tried again sooner than a partition: most often the broker is just being started. */
const firstFailureDelayMs = 20;

/**
 * Copies partitions from one broker that leads them, one request after the other over one connection (KIP-227, KIP-595):
 * what comes is in the logs before the next request tells the leader so.
 */
export class Fetcher {
  private readonly options: FetcherOptions;
  private readonly entries = new Map<PartitionRow, FollowedEntry>();
  private readonly session: FetcherSession;
  /** Goes up with each request; an answer to another than the last is nobody's. */
  private requestNumber = 0;
  private inFlight: 'nothing' | 'fetch' | 'offsets' | 'copying' = 'nothing';
  private failures = 0;
  private timer: Timer | undefined;
  private isClosed = false;

  constructor(options: FetcherOptions) {
    this.options = options;
    this.session = new FetcherSession(options.nodeId);
  }

  get size(): number {
    return this.entries.size;
  }

  add(followed: Followed): void {
    this.entries.set(followed.row, new FollowedEntry(followed));
  }

  remove(row: PartitionRow): void {
    this.entries.delete(row);
  }

  /** Partitions came or went. An idle wait for those before is not waited out. */
  changed(): void {
    if (this.inFlight === 'fetch' && this.hasUnasked()) this.interrupt();
    this.pump();
  }

  close(): void {
    this.isClosed = true;
    this.timer?.cancel();
    this.requestNumber += 1;
    this.entries.clear();
    this.options.connection.interrupt();
  }

  private hasUnasked(): boolean {
    const nowMs = this.options.clock.monotonicMs();
    for (const entry of this.entries.values()) {
      if (entry.delayedUntilMs <= nowMs && !this.session.asksFor(entry) && !this.isHeldBack(entry)) return true;
    }
    return false;
  }

  /** Replicas that are out of sync are left out of the fetch while the quota is exceeded. */
  private isHeldBack({ isInSync, state, followed }: FollowedEntry): boolean {
    return !isInSync && state === 'fetching' && followed.log.isThrottled && this.options.quota.isExceeded();
  }

  private interrupt(): void {
    this.requestNumber += 1;
    this.inFlight = 'nothing';
    this.session.broke();
    this.options.connection.interrupt();
  }

  /** Sends what there is to send, if nothing is under way; else sleeps until there is. */
  pump(): void {
    if (this.isClosed || this.inFlight !== 'nothing') return;
    this.timer?.cancel();
    this.timer = undefined;
    const nowMs = this.options.clock.monotonicMs();
    const ready: FollowedEntry[] = [];
    let wakeMs = Number.POSITIVE_INFINITY;
    for (const entry of this.entries.values()) {
      if (entry.delayedUntilMs > nowMs) wakeMs = Math.min(wakeMs, entry.delayedUntilMs);
      else if (this.isHeldBack(entry)) wakeMs = Math.min(wakeMs, nowMs + this.options.settings().backoffMs);
      else ready.push(entry);
    }
    const beyond = ready.find(({ state }) => state !== 'fetching');
    if (beyond !== undefined) {
      this.sendOffsets(ready.filter(({ state }) => state === beyond.state));
      return;
    }
    if (ready.length > 0) this.sendFetch(ready);
    else if (wakeMs !== Number.POSITIVE_INFINITY) {
      this.timer = this.options.clock.schedule(Math.max(1, Math.ceil(wakeMs - nowMs)), () => this.pump());
    }
  }

  private sendFetch(asked: readonly FollowedEntry[]): void {
    const settings = this.options.settings();
    const body = this.session.request(asked, settings, this.options.brokerEpoch());
    const { maxWaitMs, timeoutMs } = settings;
    this.send('fetch', apiKey.Fetch, fetchVersion, body, Math.max(timeoutMs, maxWaitMs + 1000), (answer) => {
      const response =
        answer === null ? null : nullWhereBroken(() => decodeFetchResponse(new Reader(answer), fetchVersion));
      if (response === null) this.failed();
      else this.fetched(response);
    });
  }

  private send(
    what: 'fetch' | 'offsets',
    key: number,
    version: number,
    body: Uint8Array,
    timeoutMs: number,
    answered: (answer: Uint8Array | null) => void,
  ): void {
    this.inFlight = what;
    this.requestNumber += 1;
    const number = this.requestNumber;
    this.options.connection.send(key, version, body, timeoutMs, (answer) => {
      if (this.isClosed || number !== this.requestNumber) return;
      this.inFlight = 'nothing';
      answered(answer);
    });
  }

  /** No answer, or none that makes sense: what is in force at the leader is not known. */
  private failed(): void {
    this.session.broke();
    const { clock, logger, leader } = this.options;
    const { backoffMs } = this.options.settings();
    if (this.failures === 0) logger.info({ leader }, 'a leader could not be fetched from');
    const delayMs = Math.min(backoffMs, firstFailureDelayMs * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    const untilMs = clock.monotonicMs() + delayMs;
    for (const entry of this.entries.values()) entry.delayedUntilMs = Math.max(entry.delayedUntilMs, untilMs);
    this.pump();
  }

  private fetched(response: FetchResponse): void {
    this.failures = 0;
    if (response.errorCode !== 0) {
      const isOfSession = this.session.refused(response.errorCode);
      if (!isOfSession) this.failed();
      else this.pump();
      return;
    }
    this.session.answered(response.sessionId);
    const copies = this.beginCopies();
    for (const { topicId, partitions } of response.responses) {
      for (const data of partitions) {
        const entry = this.session.entryOf(topicId, data.partitionIndex);
        if (entry === undefined || this.entries.get(entry.followed.row) !== entry) continue;
        copies.left += 1;
        this.take(entry, data, copies.ended);
      }
    }
    copies.ended();
  }

  /** What an answer brought is copied, one partition beside the other; the next request follows when all have `ended`. */
  private beginCopies(): { left: number; readonly ended: () => void } {
    this.inFlight = 'copying';
    const copies = {
      // The caller's own is one.
      left: 1,
      ended: (): void => {
        copies.left -= 1;
        if (copies.left > 0) return;
        this.inFlight = 'nothing';
        this.pump();
      },
    };
    return copies;
  }

  private take(entry: FollowedEntry, data: PartitionData, done: () => void): void {
    const { log, leaderEpoch } = entry.followed;
    const copied = (outcome: CopyOutcome): void => {
      this.copied(entry, outcome);
      done();
    };
    // A session's answer tells of what was asked for; the log may have been cut since by what an earlier answer said.
    if (!this.session.isAsAsked(entry)) {
      done();
    } else if (data.errorCode !== 0) {
      this.partitionFailed(entry, data.errorCode);
      done();
    } else if (data.divergingEpoch.epoch >= 0) {
      const { epoch, endOffset } = data.divergingEpoch;
      this.options.logger.info(
        {
          topic: entry.followed.topic,
          partition: entry.followed.partition,
          leaderEpoch,
          epoch,
          endOffset: Number(endOffset),
        },
        'a log parts from its leader and is cut',
      );
      log.truncateTo(epoch, Number(endOffset), copied);
    } else {
      const records = data.records === null || data.records.length === 0 ? null : data.records;
      const highWatermark = Number(data.highWatermark);
      // In sync or not, it counts.
      if (records !== null && log.isThrottled) this.options.quota.record(records.length);
      log.append(records, highWatermark, Number(data.logStartOffset), (outcome) => {
        if (outcome === 'ok') entry.isInSync = log.position().endOffset >= highWatermark;
        copied(outcome);
      });
    }
  }

  private copied(entry: FollowedEntry, outcome: CopyOutcome): void {
    if (outcome === 'ok') return;
    if (outcome === 'corrupt') this.delay(entry);
    else this.drop(entry);
  }

  private drop(entry: FollowedEntry): void {
    if (this.entries.get(entry.followed.row) === entry) this.entries.delete(entry.followed.row);
  }

  private partitionFailed(entry: FollowedEntry, code: number): void {
    const { topic, partition } = entry.followed;
    if (code === errorCode.OFFSET_OUT_OF_RANGE) {
      entry.state = 'needsEnd';
      return;
    }
    this.delay(entry);
    this.options.logger.info({ topic, partition, errorCode: code }, 'a leader does not let a partition be fetched');
  }

  private delay(entry: FollowedEntry): void {
    entry.delayedUntilMs = this.options.clock.monotonicMs() + this.options.settings().backoffMs;
  }

  private sendOffsets(entries: readonly FollowedEntry[]): void {
    const { nodeId } = this.options;
    const isEnd = entries[0]!.state === 'needsEnd';
    const asked = askForOffsets(nodeId, entries, isEnd ? 'end' : 'start');
    const { timeoutMs } = this.options.settings();
    this.send('offsets', apiKey.ListOffsets, asked.version, asked.body, timeoutMs, (answer) => {
      const offsets = answer === null ? null : asked.read(answer);
      if (offsets === null) {
        this.failed();
        return;
      }
      const copies = this.beginCopies();
      for (const entry of entries) {
        const told = offsets.get(entry);
        if (this.entries.get(entry.followed.row) !== entry) continue;
        if (told === undefined || told.errorCode !== 0) {
          this.delay(entry);
          continue;
        }
        copies.left += 1;
        if (isEnd) this.toldEnd(entry, told.offset, copies.ended);
        else this.toldStart(entry, told.offset, copies.ended);
      }
      copies.ended();
    });
  }

  private toldEnd(entry: FollowedEntry, endOffset: number, done: () => void): void {
    if (endOffset >= entry.followed.log.position().endOffset) {
      entry.state = 'needsStart';
      done();
      return;
    }
    entry.followed.log.cutTo(endOffset, (outcome) => {
      entry.state = 'fetching';
      this.copied(entry, outcome);
      done();
    });
  }

  private toldStart(entry: FollowedEntry, startOffset: number, done: () => void): void {
    entry.state = 'fetching';
    if (startOffset <= entry.followed.log.position().endOffset) {
      done();
      return;
    }
    entry.followed.log.beginAt(startOffset, (outcome) => {
      this.copied(entry, outcome);
      done();
    });
  }
}
