import type { NodeId } from '../base/brands.ts';

/** What the committed image says of a partition that this node leads. */
export interface Assignment {
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

/** What a leader knows of the other brokers. */
export interface BrokerStates {
  /** The epoch of the broker's registration; undefined where there is none that is not fenced or shutting down. */
  activeEpoch(id: NodeId): number | undefined;
  /** It is registered and not fenced. */
  isAlive(id: NodeId): boolean;
  /** Its rack (see `rackHash`), 0 without one. */
  rackOf(id: NodeId): number;
}

/** Where a follower is, by what it last asked for (Kafka's ReplicaState). */
export interface FollowerState {
  readonly id: NodeId;
  /** -1 until it asked. */
  endOffset: number;
  logStartOffset: number;
  lastFetchLeaderEndOffset: number;
  lastFetchMs: number;
  lastCaughtUpMs: number;
  /** -1: it did not say. */
  brokerEpoch: number;
}

/** A change of the ISR that was asked for and not answered: it may be in force already. */
interface ProposedIsr {
  readonly isr: readonly NodeId[];
  readonly isExpansion: boolean;
}

export interface IsrMember {
  readonly brokerId: NodeId;
  /** -1: not known, and so not checked. */
  readonly brokerEpoch: number;
}

export interface ProposedChange {
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly IsrMember[];
}

export interface AlterPartitionResult {
  readonly errorCode: number;
  readonly isr: readonly NodeId[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

const longAgo = Number.NEGATIVE_INFINITY;

/**
 * What a leader knows of its followers: how far each is, who is in sync, and what change of that was asked for. Pure: time
 * comes in. While a change is under way whoever may be in the ISR holds the high watermark back.
 */
export class Leadership {
  readonly nodeId: NodeId;
  readonly followers = new Map<NodeId, FollowerState>();
  leaderEpoch = -1;
  partitionEpoch = -1;
  /** Where this epoch of leadership begins in the log. */
  epochStartOffset = 0;
  /** As committed. */
  isr: readonly NodeId[] = [];
  private proposed: ProposedIsr | null = null;
  private readonly brokers: BrokerStates;
  private readonly lagTimeMaxMs: () => number;

  constructor(nodeId: NodeId, brokers: BrokerStates, lagTimeMaxMs: () => number) {
    this.nodeId = nodeId;
    this.brokers = brokers;
    this.lagTimeMaxMs = lagTimeMaxMs;
  }

  /** A change of the ISR is under way. */
  get isChanging(): boolean {
    return this.proposed !== null;
  }

  /** Whoever may be in the ISR. */
  get maximalIsr(): readonly NodeId[] {
    return this.proposed?.isExpansion === true ? this.proposed.isr : this.isr;
  }

  get isUnderReplicated(): boolean {
    return this.isr.length < this.followers.size + 1;
  }

  /** As published. False: it is older than what is known. */
  assign(assignment: Assignment, endOffset: number, nowMs: number): boolean {
    if (assignment.partitionEpoch < this.partitionEpoch || assignment.leaderEpoch < this.leaderEpoch) return false;
    const isNewEpoch = assignment.leaderEpoch > this.leaderEpoch;
    // What an answer of the controller told already says nothing of what was asked for since.
    if (!isNewEpoch && assignment.partitionEpoch === this.partitionEpoch) return true;
    const isNewLeader = this.leaderEpoch === -1;
    for (const id of this.followers.keys()) if (!assignment.replicas.includes(id)) this.followers.delete(id);
    for (const id of assignment.replicas) {
      if (id !== this.nodeId && !this.followers.has(id)) this.followers.set(id, newFollower(id));
    }
    if (isNewEpoch) {
      this.epochStartOffset = endOffset;
      for (const follower of this.followers.values()) {
        const isInSync = assignment.isr.includes(follower.id);
        beginEpoch(follower, isNewLeader, isInSync ? nowMs : longAgo, endOffset);
      }
    }
    this.leaderEpoch = assignment.leaderEpoch;
    this.partitionEpoch = assignment.partitionEpoch;
    this.isr = assignment.isr;
    this.proposed = null;
    return true;
  }

  /** A follower asked for what begins at `offset`: it has all before. False: it is none, or of a broker's earlier life. */
  fetched(
    id: NodeId,
    offset: number,
    logStartOffset: number,
    brokerEpoch: number,
    endOffset: number,
    nowMs: number,
  ): boolean {
    const follower = this.followers.get(id);
    if (follower === undefined || !this.isCurrentEpoch(id, brokerEpoch)) return false;
    if (offset >= endOffset) {
      follower.lastCaughtUpMs = Math.max(follower.lastCaughtUpMs, nowMs);
    } else if (offset >= follower.lastFetchLeaderEndOffset) {
      // It has all that there was when it last asked.
      follower.lastCaughtUpMs = Math.max(follower.lastCaughtUpMs, follower.lastFetchMs);
    }
    follower.endOffset = offset;
    follower.logStartOffset = logStartOffset;
    follower.lastFetchLeaderEndOffset = Math.max(endOffset, follower.lastFetchLeaderEndOffset);
    follower.lastFetchMs = nowMs;
    follower.brokerEpoch = brokerEpoch;
    return true;
  }

  private isCurrentEpoch(id: NodeId, brokerEpoch: number): boolean {
    if (brokerEpoch === -1) return true;
    const current = this.brokers.activeEpoch(id);
    return current === undefined || current <= brokerEpoch;
  }

  /**
   * What all that are in sync have, those that may be and those about to join included; `current` where that is less, or
   * while too few are in sync to make anything visible (KIP-966).
   */
  highWatermark(endOffset: number, current: number, minInsyncReplicas: number, nowMs: number): number {
    if (this.isr.length < this.effectiveMinIsr(minInsyncReplicas)) return current;
    const { maximalIsr } = this;
    let lowest = endOffset;
    for (const follower of this.followers.values()) {
      if (follower.endOffset >= lowest) continue;
      if (maximalIsr.includes(follower.id) || this.isJoining(follower, endOffset, nowMs)) lowest = follower.endOffset;
    }
    return Math.max(lowest, current);
  }

  /** Below, no live replica has records. -1: one of them has not asked for any yet. `logStartOffset`: the leader's own. */
  lowWatermark(logStartOffset: number): number {
    let lowest = logStartOffset;
    for (const follower of this.followers.values()) {
      if (follower.logStartOffset < lowest && this.brokers.isAlive(follower.id)) lowest = follower.logStartOffset;
    }
    return lowest;
  }

  private isJoining(follower: FollowerState, endOffset: number, nowMs: number): boolean {
    return this.isCaughtUp(follower, endOffset, nowMs) && this.isEligible(follower);
  }

  private isCaughtUp(follower: FollowerState, endOffset: number, nowMs: number): boolean {
    return follower.endOffset === endOffset || nowMs - follower.lastCaughtUpMs <= this.lagTimeMaxMs();
  }

  /** A broker that is fenced, shutting down, or registered anew since it asked may not be in sync (KIP-841, KIP-903). */
  private isEligible({ id, brokerEpoch }: FollowerState): boolean {
    const current = this.brokers.activeEpoch(id);
    return current !== undefined && (brokerEpoch === -1 || brokerEpoch === current);
  }

  effectiveMinIsr(minInsyncReplicas: number): number {
    return Math.min(minInsyncReplicas, this.followers.size + 1);
  }

  /**
   * The replica that a consumer in `rack` had better read from: one in sync, in that rack, that has `offset`; of several
   * the one that is ahead. -1: the leader.
   */
  preferredReplica(rack: number, offset: number): NodeId {
    if (this.brokers.rackOf(this.nodeId) === rack) return -1;
    let best: FollowerState | undefined;
    for (const follower of this.followers.values()) {
      const has = follower.endOffset >= offset && follower.logStartOffset <= offset;
      if (!has || !this.isr.includes(follower.id) || this.brokers.rackOf(follower.id) !== rack) continue;
      if (this.brokers.activeEpoch(follower.id) === undefined) continue;
      if (best === undefined || follower.endOffset > best.endOffset) best = follower;
    }
    return best?.id ?? -1;
  }

  /** The ISR with the follower, where it may join now. */
  expansion(id: NodeId, highWatermark: number): ProposedChange | null {
    const follower = this.followers.get(id);
    if (follower === undefined || this.proposed !== null || this.isr.includes(id)) return null;
    const has = follower.endOffset >= highWatermark && follower.endOffset >= this.epochStartOffset;
    if (!has || !this.isEligible(follower)) return null;
    return this.propose([...this.isr, id], true);
  }

  /** The ISR without those that are behind for too long. */
  shrinking(endOffset: number, nowMs: number): ProposedChange | null {
    if (this.proposed !== null || this.isr.length < 2) return null;
    const isr = this.isr.filter((id) => {
      const follower = this.followers.get(id);
      return id === this.nodeId || (follower !== undefined && this.isCaughtUp(follower, endOffset, nowMs));
    });
    return isr.length === this.isr.length ? null : this.propose(isr, false);
  }

  private propose(isr: readonly NodeId[], isExpansion: boolean): ProposedChange {
    this.proposed = { isr, isExpansion };
    return this.proposal()!;
  }

  /** What is asked for, and asked for again where the answer was lost; null where nothing is any longer. */
  proposal(): ProposedChange | null {
    if (this.proposed === null) return null;
    const { leaderEpoch, partitionEpoch } = this;
    const isr = this.proposed.isr.map((brokerId) => {
      const known = brokerId === this.nodeId ? this.brokers.activeEpoch(brokerId) : this.knownEpoch(brokerId);
      return { brokerId, brokerEpoch: known ?? -1 };
    });
    return { leaderEpoch, partitionEpoch, isr };
  }

  /** A member that has not asked this leader yet counts in the epoch that it is registered with. */
  private knownEpoch(id: NodeId): number | undefined {
    const epoch = this.followers.get(id)?.brokerEpoch ?? -1;
    return epoch === -1 ? this.brokers.activeEpoch(id) : epoch;
  }

  /** The controller said for sure that the change was not made. */
  withdraw(asked: ProposedChange): void {
    if (this.isAbout(asked)) this.proposed = null;
  }

  /** The controller tells of the state after the change. */
  altered(asked: ProposedChange, { isr, leaderEpoch, partitionEpoch }: AlterPartitionResult): boolean {
    if (!this.isAbout(asked) || leaderEpoch !== this.leaderEpoch || partitionEpoch < this.partitionEpoch) return false;
    this.isr = isr;
    this.partitionEpoch = partitionEpoch;
    this.proposed = null;
    return true;
  }

  /** Whether an answer to what was asked still counts: nothing newer was published or proposed since. */
  isAbout({ leaderEpoch, partitionEpoch }: ProposedChange): boolean {
    return this.proposed !== null && this.leaderEpoch === leaderEpoch && this.partitionEpoch === partitionEpoch;
  }
}

function newFollower(id: NodeId): FollowerState {
  return {
    id,
    endOffset: -1,
    logStartOffset: -1,
    lastFetchLeaderEndOffset: -1,
    lastFetchMs: longAgo,
    lastCaughtUpMs: longAgo,
    brokerEpoch: -1,
  };
}

function beginEpoch(follower: FollowerState, isNewLeader: boolean, inSyncMs: number, endOffset: number): void {
  if (isNewLeader) {
    follower.endOffset = -1;
    follower.logStartOffset = -1;
    follower.brokerEpoch = -1;
  }
  follower.lastFetchLeaderEndOffset = isNewLeader ? -1 : endOffset;
  follower.lastFetchMs = inSyncMs;
  follower.lastCaughtUpMs = inSyncMs;
}
