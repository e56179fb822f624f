import type { Random } from '../base/random.ts';

/** A partition that a fetch names, and what its session remembers of the last answer. */
export class FetchPartition {
  /** For a version with topic ids the id in text form, else the name. */
  readonly topic: string;
  /** What is written into answers: the 16 bytes of the id, or the name in UTF-8. */
  readonly topicBytes: Uint8Array;
  readonly partition: number;
  maxBytes = 0;
  fetchOffset = 0;
  /** -1 where the client does not say. */
  currentLeaderEpoch = -1;
  lastFetchedEpoch = -1;
  /** Of a follower: where its log begins. */
  logStartOffset = -1;
  /** What was last answered; an incremental answer leaves a partition out in which nothing changed. */
  answeredHighWatermark = -2;
  answeredLogStartOffset = -2;

  constructor(topic: string, topicBytes: Uint8Array, partition: number) {
    this.topic = topic;
    this.topicBytes = topicBytes;
    this.partition = partition;
  }
}

export const sessionEpoch = { initial: 0, final: -1 } as const;

/** An incremental fetch session (KIP-227): what one client fetches, in the order in which its partitions are served. */
export class FetchSession {
  readonly id: number;
  readonly usesTopicIds: boolean;
  readonly privileged: boolean;
  readonly partitions = new Map<string, FetchPartition>();
  nextEpoch = 1;
  createdMs: number;
  lastUsedMs: number;

  constructor(id: number, usesTopicIds: boolean, privileged: boolean, nowMs: number) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    this.privileged = privileged;
    this.createdMs = nowMs;
    this.lastUsedMs = nowMs;
  }

  static key(topic: string, partition: number): string {
    return `${topic}/${partition}`;
  }

  set(partition: FetchPartition): void {
    this.partitions.set(FetchSession.key(partition.topic, partition.partition), partition);
  }

  /** Those that got records go to the end, so that no partition starves the others. */
  moveToEnd(partition: FetchPartition): void {
    const key = FetchSession.key(partition.topic, partition.partition);
    if (this.partitions.delete(key)) this.partitions.set(key, partition);
  }
}

/** A session on its way to another shard: plain data. */
export interface MovedSession {
  readonly id: number;
  readonly usesTopicIds: boolean;
  readonly privileged: boolean;
  readonly nextEpoch: number;
  /** In the order in which they are served. */
  readonly partitions: readonly FetchPartition[];
}

export interface FetchSessionLimits {
  /** `max.incremental.fetch.session.cache.slots`, this shard's part of it. */
  readonly slots: number;
  /** A session used within this time is evicted by nobody. */
  readonly evictionMs: number;
}

/** The sessions of one shard. Their ids say which shard made them, so that no two are the same: id mod `shards` is `shard`. */
export class FetchSessionCache {
  private readonly limits: FetchSessionLimits;
  private readonly random: Random;
  private readonly shard: number;
  private readonly shards: number;
  /** Least recently used first. */
  private readonly sessions = new Map<number, FetchSession>();
  evictions = 0;

  constructor(limits: FetchSessionLimits, random: Random, shard: number, shards: number) {
    this.limits = limits;
    this.random = random;
    this.shard = shard;
    this.shards = shards;
  }

  get size(): number {
    return this.sessions.size;
  }

  get(id: number): FetchSession | undefined {
    return this.sessions.get(id);
  }

  /** The session was used: every use counts, also one that answers nothing (KAFKA-9137). */
  touch(session: FetchSession, nowMs: number): void {
    session.lastUsedMs = nowMs;
    this.sessions.delete(session.id);
    this.sessions.set(session.id, session);
  }

  remove(id: number): void {
    this.sessions.delete(id);
  }

  /** The session leaves for another shard, with its connection. */
  take(id: number): MovedSession | undefined {
    const session = this.sessions.get(id);
    if (session === undefined) return undefined;
    this.sessions.delete(id);
    const { usesTopicIds, privileged, nextEpoch, partitions } = session;
    return { id, usesTopicIds, privileged, nextEpoch, partitions: [...partitions.values()] };
  }

  /** Goes on with a session of another shard. Where there is no room the client begins a new one. */
  adopt({ id, usesTopicIds, privileged, nextEpoch, partitions }: MovedSession, nowMs: number): void {
    if (this.sessions.size >= this.limits.slots && !this.evictOne(privileged, nowMs)) return;
    const session = new FetchSession(id, usesTopicIds, privileged, nowMs);
    session.nextEpoch = nextEpoch;
    for (const partition of partitions) session.set(partition);
    this.sessions.set(id, session);
  }

  /** A new session, or undefined when the cache is full of sessions that may not be evicted. */
  create(usesTopicIds: boolean, privileged: boolean, nowMs: number): FetchSession | undefined {
    if (this.sessions.size >= this.limits.slots && !this.evictOne(privileged, nowMs)) return undefined;
    const session = new FetchSession(this.freshId(), usesTopicIds, privileged, nowMs);
    this.sessions.set(session.id, session);
    return session;
  }

  /** The stalest session goes; a follower may also take the place of a client that is not stale. */
  private evictOne(privileged: boolean, nowMs: number): boolean {
    for (const session of this.sessions.values()) {
      const stale = nowMs - session.lastUsedMs > this.limits.evictionMs;
      if (stale || (privileged && !session.privileged)) {
        this.sessions.delete(session.id);
        this.evictions += 1;
        return true;
      }
      if (!privileged) break;
    }
    return false;
  }

  private freshId(): number {
    const perShard = Math.floor(0x7fffffff / this.shards);
    for (;;) {
      const id = this.random.below(perShard) * this.shards + this.shard;
      if (id !== 0 && !this.sessions.has(id)) return id;
    }
  }
}
