import type { LeaderEpoch, NodeId, Offset } from '../base/brands.ts';
import type { ReplicaKey, Voter } from './types.ts';
import { sameReplica, type VoterSet } from './voter-set.ts';

/** Observers that have not fetched for this long are forgotten. */
const observerSessionMs = 300_000;
/** More observers than this are answered, but not remembered. */
const maxObservers = 10_000;

/** What the leader knows of one replica. Times are those of `step`; -1 for never. */
export interface ReplicaProgress {
  key: ReplicaKey;
  /** Acknowledged and, by the follower's promise, flushed; -1 before the first fetch. */
  endOffset: Offset;
  lastFetchMs: number;
  lastCaughtUpMs: number;
  /** The leader's log end when the replica last fetched. */
  leaderEndAtFetch: Offset;
  /** It knows of this epoch's leader: it answered BeginQuorumEpoch, or has fetched. */
  acknowledgedEpoch: boolean;
}

function fresh(key: ReplicaKey): ReplicaProgress {
  return {
    key,
    endOffset: -1,
    lastFetchMs: -1,
    lastCaughtUpMs: -1,
    leaderEndAtFetch: -1,
    acknowledgedEpoch: false,
  };
}

/** The books of one leader in one epoch: who has what, what is committed, and whether a majority still listens. */
export class Leadership {
  readonly epoch: LeaderEpoch;
  /** Offset of this epoch's first batch (the leader change message). */
  readonly epochStart: Offset;
  /** The watermark at which this node counts as leader to its listeners was passed. */
  announced = false;
  nextBeginEpochMs = 0;
  /** Offset of a voters record that is not yet committed, or -1. */
  pendingVotersOffset: Offset = -1;
  /** With kraft.version 0, what the voters said of themselves: of configured ones the log says nothing (KIP-853). */
  told: VoterSet;
  readonly #local: ReplicaKey;
  readonly #checkQuorumMs: number;
  #voters: ReplicaProgress[] = [];
  readonly #observers = new Map<string, ReplicaProgress>();
  #majority = 1;
  #fetchedSinceCheck = new Set<NodeId>();
  checkQuorumDeadlineMs: number;

  constructor(
    epoch: LeaderEpoch,
    epochStart: Offset,
    local: ReplicaKey,
    voters: VoterSet,
    fetchTimeoutMs: number,
    nowMs: number,
  ) {
    this.epoch = epoch;
    this.epochStart = epochStart;
    this.#local = local;
    this.told = voters;
    this.#checkQuorumMs = fetchTimeoutMs * 1.5;
    this.checkQuorumDeadlineMs = nowMs + this.#checkQuorumMs;
    this.votersChanged(voters, nowMs);
  }

  votersChanged(set: VoterSet, nowMs: number): void {
    const before = this.#voters;
    this.#voters = set.voters.map((voter) => {
      const known = before.find((each) => sameReplica(each.key, voter));
      const observed = this.#observers.get(observerName(voter));
      this.#observers.delete(observerName(voter));
      return known ?? observed ?? fresh({ id: voter.id, directoryId: voter.directoryId });
    });
    for (const old of before) {
      if (!set.has(old.key)) this.#observers.set(observerName(old.key), old);
    }
    this.#majority = set.majority;
    // A majority of these has the whole time to be heard of: of a lone leader's nobody ever was.
    this.#fetchedSinceCheck.clear();
    this.checkQuorumDeadlineMs = nowMs + this.#checkQuorumMs;
  }

  /** A voter says where it is, and which levels of kraft.version it knows. False: it is none. */
  tell(voter: Voter): boolean {
    const told = this.told.replaced(voter);
    this.told = told ?? this.told;
    return told !== null;
  }

  get voters(): readonly ReplicaProgress[] {
    return this.#voters;
  }

  observers(nowMs: number): ReplicaProgress[] {
    for (const [name, observer] of this.#observers) {
      if (nowMs - observer.lastFetchMs > observerSessionMs) this.#observers.delete(name);
    }
    return [...this.#observers.values()];
  }

  /** The voters other than this node. */
  peers(): ReplicaProgress[] {
    return this.#voters.filter((each) => !this.#isLocal(each.key));
  }

  /** A replica asked for records from `offset` on: it holds, flushed, all below. */
  fetched(key: ReplicaKey, offset: Offset, leaderEnd: Offset, nowMs: number): void {
    const voter = this.#voters.find((each) => sameReplica(each.key, key));
    const replica = voter ?? this.#observer(key, nowMs);
    if (replica === undefined) return;
    replica.key = key;
    if (offset >= leaderEnd) replica.lastCaughtUpMs = nowMs;
    else if (replica.leaderEndAtFetch > 0 && offset >= replica.leaderEndAtFetch) {
      replica.lastCaughtUpMs = Math.max(replica.lastCaughtUpMs, replica.lastFetchMs);
    }
    replica.endOffset = offset;
    replica.leaderEndAtFetch = leaderEnd;
    this.#heard(replica, voter !== undefined, nowMs);
  }

  /** A replica fetches a part of a snapshot: it is alive, whatever it holds. */
  fetchedSnapshot(key: ReplicaKey, nowMs: number): void {
    const voter = this.#voters.find((each) => sameReplica(each.key, key));
    const replica = voter ?? this.#observer(key, nowMs);
    if (replica !== undefined) this.#heard(replica, voter !== undefined, nowMs);
  }

  #heard(replica: ReplicaProgress, isVoter: boolean, nowMs: number): void {
    replica.lastFetchMs = nowMs;
    replica.acknowledgedEpoch = true;
    if (!isVoter || this.#isLocal(replica.key)) return;
    this.#fetchedSinceCheck.add(replica.key.id);
    const others = this.#majority - (this.#voters.some((each) => this.#isLocal(each.key)) ? 1 : 0);
    if (this.#fetchedSinceCheck.size >= others) {
      this.#fetchedSinceCheck.clear();
      this.checkQuorumDeadlineMs = nowMs + this.#checkQuorumMs;
    }
  }

  /** When a replica last had all of the log, -1 for never. */
  lastCaughtUpMs(key: ReplicaKey): number {
    return this.#observers.get(observerName(key))?.lastCaughtUpMs ?? -1;
  }

  flushed(offset: Offset): void {
    const local = this.#voters.find((each) => this.#isLocal(each.key));
    if (local !== undefined) local.endOffset = offset;
  }

  /** The offset that a majority of voters has flushed past, if that says anything of this epoch; -1 otherwise. */
  committedOffset(): Offset {
    const ends = this.#voters.map((each) => each.endOffset).sort((a, b) => b - a);
    const agreed = ends[this.#majority - 1];
    // A leader counts replicas only for records of its own epoch: older ones are committed with the first of these.
    return agreed > this.epochStart ? agreed : -1;
  }

  /** Others than this node must be heard of for it to go on leading. */
  needsOthers(): boolean {
    return this.#voters.some((each) => !this.#isLocal(each.key));
  }

  /** The other voters, those that hold most first: whom to name when resigning. */
  successors(): ReplicaKey[] {
    return this.peers()
      .sort((a, b) => b.endOffset - a.endOffset || a.key.id - b.key.id)
      .map((each) => each.key);
  }

  #isLocal(key: ReplicaKey): boolean {
    return sameReplica(key, this.#local);
  }

  #observer(key: ReplicaKey, nowMs: number): ReplicaProgress | undefined {
    if (key.id < 0) return undefined;
    const name = observerName(key);
    let observer = this.#observers.get(name);
    if (observer === undefined) {
      if (this.#observers.size >= maxObservers && this.observers(nowMs).length >= maxObservers) return undefined;
      observer = fresh(key);
      this.#observers.set(name, observer);
    }
    return observer;
  }
}

function observerName(key: ReplicaKey | Voter): string {
  return `${key.id}/${key.directoryId}`;
}
