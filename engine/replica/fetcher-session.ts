import type { NodeId, TopicId } from '../base/brands.ts';
import { errorCode } from '../protocol/errors.ts';
import { encodeFetchRequest, type FetchPartition } from '../protocol/generated/fetch-request.js';
import type { Init } from '../protocol/types.ts';
import { Writer } from '../protocol/writer.ts';
import type { FetcherSettings, FollowedEntry } from './fetcher.ts';
import type { FollowerPosition } from './follower.ts';

/** Topics by id, diverging epochs in answers, the follower's state with the epoch of its registration. */
export const fetchVersion = 17;

interface Asked extends FollowerPosition {
  readonly entry: FollowedEntry;
  readonly partitionMaxBytes: number;
}

interface TopicPartitions<T> {
  readonly topicId: TopicId;
  readonly partitions: T[];
}

/**
 * The follower's side of an incremental fetch session (KIP-227): a request names what is new or different since the last
 * one, and what is not asked for any longer.
 */
export class FetcherSession {
  private readonly nodeId: NodeId;
  private id = 0;
  /** 0: the next request begins a session, and names everything. */
  private epoch = 0;
  /** What the leader has been asked for, by topic id and partition. */
  private asked = new Map<string, Asked>();

  constructor(nodeId: NodeId) {
    this.nodeId = nodeId;
  }

  /** The next request, for just these partitions. */
  request(entries: readonly FollowedEntry[], settings: FetcherSettings, brokerEpoch: number): Uint8Array {
    const before = this.asked;
    this.asked = new Map();
    const wanted = new Map<TopicId, TopicPartitions<Init<FetchPartition>>>();
    for (const entry of entries) {
      const { topicId, partition, leaderEpoch, log } = entry.followed;
      const { endOffset, lastEpoch, logStartOffset } = log.position();
      const { partitionMaxBytes } = settings;
      const key = keyOf(topicId, partition);
      const asked = { entry, endOffset, lastEpoch, logStartOffset, partitionMaxBytes };
      this.asked.set(key, asked);
      const known = before.get(key);
      if (this.epoch !== 0 && known !== undefined && isSame(known, asked)) continue;
      topicOf(wanted, topicId).push({
        partition,
        currentLeaderEpoch: leaderEpoch,
        fetchOffset: BigInt(endOffset),
        lastFetchedEpoch: lastEpoch,
        logStartOffset: BigInt(logStartOffset),
        partitionMaxBytes,
      });
    }
    const forgotten = new Map<TopicId, TopicPartitions<number>>();
    if (this.epoch !== 0) {
      for (const [key, { entry }] of before) {
        if (this.asked.has(key)) continue;
        topicOf(forgotten, entry.followed.topicId).push(entry.followed.partition);
      }
    }
    const writer = new Writer();
    encodeFetchRequest(
      writer,
      {
        replicaState: { replicaId: this.nodeId, replicaEpoch: BigInt(brokerEpoch) },
        maxWaitMs: settings.maxWaitMs,
        minBytes: settings.minBytes,
        maxBytes: settings.maxBytes,
        isolationLevel: 0,
        sessionId: this.id,
        sessionEpoch: this.epoch,
        topics: [...wanted.values()],
        forgottenTopicsData: [...forgotten.values()],
        rackId: '',
      },
      fetchVersion,
    );
    return writer.toBytes();
  }

  asksFor(entry: FollowedEntry): boolean {
    const { topicId, partition } = entry.followed;
    return this.asked.get(keyOf(topicId, partition))?.entry === entry;
  }

  entryOf(topicId: TopicId, partition: number): FollowedEntry | undefined {
    return this.asked.get(keyOf(topicId, partition))?.entry;
  }

  /** Whether the log is where it was when it was asked for. */
  isAsAsked(entry: FollowedEntry): boolean {
    const { topicId, partition, log } = entry.followed;
    const asked = this.asked.get(keyOf(topicId, partition));
    const { endOffset, lastEpoch } = log.position();
    return asked?.entry === entry && asked.endOffset === endOffset && asked.lastEpoch === lastEpoch;
  }

  /** A leader that has no room for sessions answers with 0: each request names everything then. */
  answered(sessionId: number): void {
    this.id = sessionId;
    if (sessionId === 0) this.epoch = 0;
    else this.epoch = this.epoch === 0x7fffffff ? 1 : this.epoch + 1;
  }

  /** A request's outcome is not known: the next one begins anew, in the place of this session. */
  broke(): void {
    this.epoch = 0;
  }

  /** The whole request was refused. True where the session was, and another may be begun. */
  refused(code: number): boolean {
    this.epoch = 0;
    const isUnknown = code === errorCode.FETCH_SESSION_ID_NOT_FOUND;
    if (isUnknown) this.id = 0;
    return (
      isUnknown || code === errorCode.INVALID_FETCH_SESSION_EPOCH || code === errorCode.FETCH_SESSION_TOPIC_ID_ERROR
    );
  }
}

function keyOf(topicId: TopicId, partition: number): string {
  return `${topicId}/${partition}`;
}

function topicOf<T>(topics: Map<TopicId, TopicPartitions<T>>, topicId: TopicId): T[] {
  let topic = topics.get(topicId);
  if (topic === undefined) {
    topic = { topicId, partitions: [] };
    topics.set(topicId, topic);
  }
  return topic.partitions;
}

function isSame(a: Asked, b: Asked): boolean {
  return (
    a.entry === b.entry &&
    a.endOffset === b.endOffset &&
    a.lastEpoch === b.lastEpoch &&
    a.logStartOffset === b.logStartOffset &&
    a.partitionMaxBytes === b.partitionMaxBytes
  );
}
