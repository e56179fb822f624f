import { assert } from '../base/assert.ts';
import type { LeaderEpoch, NodeId, Offset } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import { Leadership } from './leadership.ts';
import type {
  ControlRecord,
  ElectionState,
  OffsetAndEpoch,
  RaftEffect,
  RaftError,
  RaftLogView,
  RaftOptions,
  RaftRequest,
  RaftResponse,
  ReplicaKey,
  Voter,
} from './types.ts';
import { Ballot, highestKraftVersion, sameReplica, type VoterHistory, VoterSet } from './voter-set.ts';

export type Role =
  /** Knows of no leader it could follow; as a voter it will ask for one to be elected. */
  | { readonly name: 'unattached'; readonly deadlineMs: number }
  /** Asks, without changing anyone's epoch, whether it would be elected (KIP-996). */
  | { readonly name: 'prospective'; readonly ballot: Ballot; readonly deadlineMs: number }
  | { readonly name: 'candidate'; readonly ballot: Ballot; readonly deadlineMs: number; backoffUntilMs: number }
  | { readonly name: 'leader'; readonly books: Leadership }
  | {
      readonly name: 'follower';
      readonly leaderId: NodeId;
      fetchDeadlineMs: number;
      hasFetched: boolean;
      /** When it may next tell the leader about its own place among the voters. */
      nextVoterChangeMs: number;
      /** The leader knows what the log does not say of this voter with kraft.version 0. */
      hasToldLeader: boolean;
      snapshot: { readonly id: OffsetAndEpoch; positionBytes: number } | null;
    }
  /** Led this epoch and will not again; tells the others. */
  | { readonly name: 'resigned'; readonly deadlineMs: number; readonly unaware: Set<NodeId>; preferred: ReplicaKey[] };

export interface Peer {
  /** The request in flight, at most one a peer. */
  correlation: number;
  request: RaftRequest | null;
  deadlineMs: number;
  notBeforeMs: number;
}

export interface ParkedFetch {
  readonly id: number;
  readonly offset: Offset;
  readonly highWatermark: Offset;
  readonly deadlineMs: number;
}

/** The state of the machine and its transitions. What events mean is in requests.ts, responses.ts and poll.ts. */
export class RaftCore {
  readonly options: RaftOptions;
  readonly log: RaftLogView;
  readonly random: Random;
  readonly voters: VoterHistory;
  epoch: LeaderEpoch;
  /** Leader of `epoch`, -1 for none known. */
  leaderId: NodeId;
  voted: ReplicaKey | null;
  role: Role;
  highWatermark: Offset = -1;
  end: OffsetAndEpoch;
  flushedOffset: Offset;
  nowMs = 0;
  /** When `poll` wants to be called again. */
  wakeMs = Number.POSITIVE_INFINITY;
  /** A leader's snapshot is being put in place: until it is, this node knows neither its log nor its voters. */
  isInstalling = false;
  readonly peers = new Map<NodeId, Peer>();
  parked: ParkedFetch[] = [];
  /** Requests to change the voters, answered when the record at `offset` is committed. */
  votersWaiting: { readonly id: number; readonly offset: Offset; readonly deadlineMs: number }[] = [];
  #effects: RaftEffect[] = [];
  #persisted: ElectionState;
  #nextCorrelation = 1;

  constructor(options: RaftOptions, log: RaftLogView, random: Random, voters: VoterHistory, state: ElectionState) {
    this.options = options;
    this.log = log;
    this.random = random;
    this.voters = voters;
    this.end = log.end();
    this.flushedOffset = this.end.offset;
    this.epoch = state.epoch;
    this.leaderId = state.leaderId;
    this.voted = state.voted;
    this.#persisted = state;
    this.role = { name: 'unattached', deadlineMs: 0 };
  }

  get local(): ReplicaKey {
    return this.options.local;
  }

  /** This node as it is to stand among the voters. */
  get ownVoter(): Voter {
    const { local, endpoints } = this.options;
    return { ...local, endpoints, minKraftVersion: 0, maxKraftVersion: highestKraftVersion };
  }

  isVoter(): boolean {
    return this.options.canBeVoter && this.voters.latest.has(this.local);
  }

  takeEffects(): RaftEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  emit(effect: RaftEffect): void {
    this.#effects.push(effect);
  }

  /** Whether `deadlineMs` has come; if not, `poll` will look again by then. */
  due(deadlineMs: number): boolean {
    if (this.nowMs >= deadlineMs) return true;
    this.wakeMs = Math.min(this.wakeMs, deadlineMs);
    return false;
  }

  randomElectionDeadline(): number {
    const base = this.options.electionTimeoutMs;
    return this.nowMs + base + this.random.below(Math.max(1, base));
  }

  // Transitions

  becomeUnattached(epoch: LeaderEpoch, leaderId: NodeId = -1): void {
    assert(epoch >= this.epoch, 'the epoch goes back');
    if (epoch > this.epoch) this.voted = null;
    this.#enter(epoch, leaderId, { name: 'unattached', deadlineMs: this.randomElectionDeadline() });
  }

  becomeFollower(epoch: LeaderEpoch, leaderId: NodeId): void {
    assert(epoch >= this.epoch && leaderId >= 0 && leaderId !== this.local.id, 'cannot follow');
    this.voted = null;
    this.#enter(epoch, leaderId, {
      name: 'follower',
      leaderId,
      fetchDeadlineMs: this.nowMs + this.options.fetchTimeoutMs,
      hasFetched: false,
      // A few fetches may bring newer voters first.
      nextVoterChangeMs: this.nowMs + this.options.fetchTimeoutMs,
      hasToldLeader: false,
      snapshot: null,
    });
  }

  becomeProspective(): void {
    assert(this.isVoter(), 'only voters stand for election');
    const ballot = new Ballot(this.epoch, this.voters.latest);
    ballot.record(this.local.id, true);
    this.#enter(this.epoch, this.leaderId, {
      name: 'prospective',
      ballot,
      deadlineMs: this.randomElectionDeadline(),
    });
    if (ballot.won) this.becomeCandidate();
  }

  becomeCandidate(): void {
    assert(this.isVoter(), 'only voters stand for election');
    const ballot = new Ballot(this.epoch + 1, this.voters.latest);
    ballot.record(this.local.id, true);
    this.voted = this.local;
    this.#enter(this.epoch + 1, -1, {
      name: 'candidate',
      ballot,
      deadlineMs: this.randomElectionDeadline(),
      backoffUntilMs: -1,
    });
    if (ballot.won) this.becomeLeader(ballot);
  }

  becomeLeader(ballot: Ballot): void {
    assert(ballot.won && ballot.epoch === this.epoch, 'not elected');
    const set = this.voters.latest;
    const start = this.end.offset;
    this.voted = null;
    const books = new Leadership(this.epoch, start, this.local, set, this.options.fetchTimeoutMs, this.nowMs);
    books.flushed(this.flushedOffset);
    books.tell(this.ownVoter);
    this.#enter(this.epoch, this.local.id, { name: 'leader', books });
    const key = (voter: ReplicaKey): ReplicaKey => ({ id: voter.id, directoryId: voter.directoryId });
    const records: ControlRecord[] = [
      {
        kind: 'leader-change',
        leaderId: this.local.id,
        voters: set.voters.map(key),
        granting: ballot.granting().map(key),
      },
    ];
    if (this.voters.kraftVersion > 0) records.push(...this.#votersAtEpochStart(set));
    this.appendControl(records);
  }

  /** Dynamic voters must stand in the log, with this node's own endpoints as they are now (KIP-853). */
  #votersAtEpochStart(set: VoterSet): ControlRecord[] {
    const mine = set.byId(this.local.id);
    if (mine === undefined) return [];
    const current =
      this.options.endpoints.length === 0 ? set : (set.updated({ ...mine, endpoints: this.options.endpoints }) ?? set);
    if (this.voters.latestOffset >= 0 && current.equals(set)) return [];
    return [
      { kind: 'kraft-version', version: this.voters.kraftVersion },
      { kind: 'voters', voters: current.voters },
    ];
  }

  becomeResigned(): void {
    const unaware = new Set<NodeId>();
    for (const voter of this.voters.latest.voters) if (voter.id !== this.local.id) unaware.add(voter.id);
    const preferred = this.role.name === 'leader' ? this.role.books.successors() : [];
    this.#enter(this.epoch, this.leaderId, {
      name: 'resigned',
      deadlineMs: this.randomElectionDeadline(),
      unaware,
      preferred,
    });
  }

  #enter(epoch: LeaderEpoch, leaderId: NodeId, role: Role): void {
    assert(epoch > this.epoch || this.leaderId === -1 || this.leaderId === leaderId, 'an epoch has one leader');
    const before = this.role;
    const leaderBefore = this.answerLeaderId();
    const epochBefore = this.epoch;
    this.epoch = epoch;
    this.leaderId = leaderId;
    this.role = role;
    this.peers.clear();
    const passedOver = this.#takeBackTransition();
    this.#persist(passedOver.has('persist'));
    if (before.name === 'leader') {
      this.#failWaiting();
      this.emit({ type: 'resigned', epoch: before.books.epoch });
    }
    if (passedOver.has('leader') || epoch !== epochBefore || this.answerLeaderId() !== leaderBefore) {
      this.emit({ type: 'leader', leaderId: this.answerLeaderId(), epoch });
    }
  }

  /** A role left within the step in which it was taken promised nothing to anyone: the next one says all that it did. */
  #takeBackTransition(): Set<RaftEffect['type']> {
    const taken = new Set<RaftEffect['type']>();
    for (;;) {
      const type = this.#effects.at(-1)?.type;
      if (type !== 'persist' && type !== 'leader') return taken;
      taken.add(type);
      this.#effects.pop();
    }
  }

  #persist(isOwed: boolean): void {
    const state: ElectionState = { epoch: this.epoch, leaderId: this.leaderId, voted: this.voted };
    const last = this.#persisted;
    const sameVote =
      state.voted === last.voted ||
      (state.voted !== null && last.voted !== null && sameReplica(state.voted, last.voted));
    if (!isOwed && state.epoch === last.epoch && state.leaderId === last.leaderId && sameVote) return;
    this.#persisted = state;
    this.emit({ type: 'persist', state });
  }

  /** Gives the vote of the current epoch away, for good. */
  voteFor(candidate: ReplicaKey): void {
    assert(this.voted === null || sameReplica(this.voted, candidate), 'two votes in one epoch');
    this.voted = candidate;
    this.#enter(this.epoch, -1, { name: 'unattached', deadlineMs: this.randomElectionDeadline() });
  }

  // The log

  appendControl(records: readonly ControlRecord[]): void {
    const base = this.end.offset;
    this.emit({ type: 'append-control', epoch: this.epoch, records });
    this.end = { offset: base + records.length, epoch: this.epoch };
    this.applyControl(records, base);
  }

  applyControl(records: readonly ControlRecord[], baseOffset: Offset): void {
    records.forEach((record, index) => {
      if (record.kind === 'kraft-version') this.voters.addKraftVersion(baseOffset + index, record.version);
      if (record.kind === 'voters') this.voters.add(baseOffset + index, new VoterSet(record.voters));
    });
    if (records.some((record) => record.kind === 'voters')) this.votersChanged();
  }

  votersChanged(): void {
    if (this.role.name === 'leader') this.role.books.votersChanged(this.voters.latest, this.nowMs);
    this.emit({ type: 'voters', voters: this.voters.latest.voters });
  }

  truncate(to: OffsetAndEpoch): void {
    assert(to.offset >= this.highWatermark, 'a committed record would be truncated');
    this.emit({ type: 'truncate', offset: to.offset });
    this.end = to;
    this.flushedOffset = Math.min(this.flushedOffset, to.offset);
    if (this.voters.truncate(to.offset)) this.votersChanged();
  }

  advanceHighWatermark(offset: Offset): void {
    if (offset <= this.highWatermark) return;
    this.highWatermark = offset;
    this.voters.trim(offset);
    this.emit({ type: 'high-watermark', offset });
  }

  // Messages

  /** The leader as others are told. A node that led this epoch and no longer does is not to be fetched from. */
  answerLeaderId(): NodeId {
    return this.leaderId === this.local.id && this.role.name !== 'leader' ? -1 : this.leaderId;
  }

  peer(id: NodeId): Peer {
    let peer = this.peers.get(id);
    if (peer === undefined) {
      peer = { correlation: 0, request: null, deadlineMs: 0, notBeforeMs: 0 };
      this.peers.set(id, peer);
    }
    return peer;
  }

  /** Sends unless something is in flight to this peer or it is to be left alone for now. */
  send(to: NodeId, request: RaftRequest): boolean {
    const peer = this.peer(to);
    if (peer.request !== null) {
      if (!this.due(peer.deadlineMs)) return false;
      peer.request = null;
    }
    if (!this.due(peer.notBeforeMs)) return false;
    peer.correlation = this.#nextCorrelation++;
    peer.request = request;
    peer.deadlineMs = this.nowMs + this.options.requestTimeoutMs;
    this.due(peer.deadlineMs);
    this.emit({ type: 'send', correlation: peer.correlation, to, request });
    return true;
  }

  respond(id: number, response: RaftResponse, readFrom: Offset = -1): void {
    this.emit({ type: 'respond', id, response, readFrom });
  }

  answer(error: RaftError): { error: RaftError; leaderId: NodeId; epoch: LeaderEpoch } {
    return { error, leaderId: this.answerLeaderId(), epoch: this.epoch };
  }

  #failWaiting(): void {
    const parked = this.parked;
    this.parked = [];
    for (const fetch of parked) this.respond(fetch.id, this.emptyFetch('not-leader'));
    const waiting = this.votersWaiting;
    this.votersWaiting = [];
    for (const each of waiting) this.respond(each.id, { kind: 'change-voters', ...this.answer('not-leader') });
  }

  emptyFetch(error: RaftError): Extract<RaftResponse, { kind: 'fetch' }> {
    return {
      kind: 'fetch',
      ...this.answer(error),
      highWatermark: this.role.name === 'leader' ? this.highWatermark : -1,
      diverging: null,
      snapshot: null,
      batches: [],
    };
  }
}

export function emptySnapshot(core: RaftCore, error: RaftError, snapshot: OffsetAndEpoch) {
  const kind = 'fetch-snapshot' as const;
  return { kind, ...core.answer(error), snapshot, sizeBytes: -1, positionBytes: 0, bytes: new Uint8Array(0) };
}
