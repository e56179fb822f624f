import { assert, unreachable } from '../base/assert.ts';
import type { LeaderEpoch, NodeId, Offset } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import { RaftCore } from './core.ts';
import type { ReplicaProgress } from './leadership.ts';
import { poll } from './poll.ts';
import { answerParked, commitAsLeader, handleRequest } from './requests.ts';
import { handleResponse, handleSilence } from './responses.ts';
import type {
  ElectionState,
  KraftUpgradeRefusal,
  OffsetAndEpoch,
  RaftEffect,
  RaftEvent,
  RaftLogView,
  RaftOptions,
  Voter,
} from './types.ts';
import { kraftUpgradeRefusal, upgradeKraftVersion } from './voter-changes.ts';
import { VoterHistory, VoterSet } from './voter-set.ts';

export interface RaftStart {
  readonly options: RaftOptions;
  readonly log: RaftLogView;
  readonly random: Random;
  /** As last persisted; null on a node that never took part. */
  readonly state: ElectionState | null;
  /** Configured voters (controller.quorum.voters), in force where neither log nor snapshot holds any. */
  readonly staticVoters: readonly Voter[];
  /** Voters records of the newest snapshot (at its last offset) and of the log behind it, in order. */
  readonly votersInLog: readonly { readonly offset: Offset; readonly voters: readonly Voter[] }[];
  /** The same of its kraft.version records. */
  readonly kraftVersionsInLog: readonly { readonly offset: Offset; readonly version: number }[];
}

/** For DescribeQuorum; times are those of `step`, -1 for never. */
export interface QuorumView {
  readonly leaderId: NodeId;
  readonly epoch: LeaderEpoch;
  readonly highWatermark: Offset;
  readonly voters: readonly ReplicaProgress[];
  readonly observers: readonly ReplicaProgress[];
}

/**
 * One replica of a KRaft quorum (KIP-595, 630, 853, 996). An event in, effects out; nothing else moves it, and it
 * reaches out for nothing but the log view and chance. Roles: unattached, prospective, candidate, leader, follower,
 * resigned; a replica outside of the voter set is an observer, and only ever unattached or follower.
 *
 * What has to hold: what was persisted is never contradicted by what is sent; an epoch has one leader; the high
 * watermark never goes back and nothing below it is truncated; what a fetch acknowledges has been flushed.
 */
export class Raft {
  readonly #core: RaftCore;
  #started = false;

  constructor(start: RaftStart) {
    const history = new VoterHistory(new VoterSet(start.staticVoters));
    for (const { offset, version } of start.kraftVersionsInLog) history.addKraftVersion(offset, version);
    for (const { offset, voters } of start.votersInLog) history.add(offset, new VoterSet(voters));
    const state = start.state ?? { epoch: 0, leaderId: -1, voted: null };
    this.#core = new RaftCore(start.options, start.log, start.random, history, state);
  }

  step(event: RaftEvent, nowMs: number): RaftEffect[] {
    const core = this.#core;
    assert(this.#started !== (event.type === 'start'), 'start comes first, and once');
    core.nowMs = nowMs;
    this.#apply(event);
    poll(core);
    return core.takeEffects();
  }

  #apply(event: RaftEvent) {
    const core = this.#core;
    switch (event.type) {
      case 'start':
        this.#started = true;
        return this.#start();
      case 'tick':
        return;
      case 'request':
        return handleRequest(core, event.id, event.request);
      case 'response':
        return this.#answered(event.correlation, (from, request) =>
          handleResponse(core, from, request, event.response),
        );
      case 'unanswered':
        return this.#unanswered(event.correlation);
      case 'appended':
        assert(core.role.name === 'leader' && event.endOffset >= core.end.offset, 'only the leader appends');
        core.end = { offset: event.endOffset, epoch: core.epoch };
        return answerParked(core);
      case 'flushed':
        return this.#flushed(event.offset);
      case 'snapshot-installed':
        return this.#installed(event.voters, event.kraftVersion);
      case 'snapshot-damaged':
        return this.#damaged();
      case 'upgrade-kraft-version':
        return upgradeKraftVersion(core, event.version);
      case 'resign':
        if (core.role.name === 'leader' && core.epoch === event.epoch) core.becomeResigned();
        return;
      default:
        return unreachable(event);
    }
  }

  #start() {
    const core = this.#core;
    if (core.end.epoch > core.epoch) core.becomeUnattached(core.end.epoch);
    if (core.leaderId === core.local.id) {
      // Records of the former life may be lost: this node never leads an epoch twice.
      core.becomeResigned();
      if (core.voters.latest.isOnly(core.local) && core.isVoter()) core.becomeProspective();
    } else if (core.voters.latest.isOnly(core.local) && core.isVoter()) core.becomeProspective();
    else if (core.leaderId >= 0) core.becomeFollower(core.epoch, core.leaderId);
    else core.becomeUnattached(core.epoch);
  }

  #answered(correlation: number, handle: (from: NodeId, request: RaftPeerRequest) => void) {
    for (const [from, peer] of this.#core.peers) {
      if (peer.request === null || peer.correlation !== correlation) continue;
      const { request } = peer;
      peer.request = null;
      return handle(from, request);
    }
  }

  #unanswered(correlation: number): void {
    const core = this.#core;
    this.#answered(correlation, (from, request) => handleSilence(core, from, request));
  }

  #flushed(offset: Offset): void {
    const core = this.#core;
    assert(offset <= core.end.offset, 'flushed beyond the end');
    if (offset <= core.flushedOffset) return;
    core.flushedOffset = offset;
    if (core.role.name === 'leader') core.role.books.flushed(offset);
    commitAsLeader(core);
  }

  #installed(voters: readonly Voter[] | null, kraftVersion: number): void {
    const core = this.#core;
    core.isInstalling = false;
    core.end = core.log.end();
    core.flushedOffset = core.end.offset;
    core.voters.addKraftVersion(core.end.offset - 1, kraftVersion);
    if (voters !== null) {
      core.voters.add(core.end.offset - 1, new VoterSet(voters));
      core.votersChanged();
    }
    core.advanceHighWatermark(core.end.offset);
    if (core.role.name === 'follower') core.role.snapshot = null;
  }

  /** The leader is asked again, but not at once: its disk may give the same bytes. */
  #damaged(): void {
    const core = this.#core;
    core.isInstalling = false;
    if (core.role.name !== 'follower') return;
    core.role.snapshot = null;
    if (core.leaderId >= 0) core.peer(core.leaderId).notBeforeMs = core.nowMs + core.options.retryBackoffMs;
  }

  /** When `step` wants a tick, at the latest. */
  get nextDeadlineMs(): number {
    return this.#core.wakeMs;
  }

  get epoch(): LeaderEpoch {
    return this.#core.epoch;
  }

  get leaderId(): NodeId {
    return this.#core.answerLeaderId();
  }

  get roleName(): string {
    return this.#core.role.name;
  }

  /** Leads, and may write: between `became-leader` and `resigned`. */
  get canAppend(): boolean {
    return this.#core.role.name === 'leader' && this.#core.role.books.announced;
  }

  get highWatermark(): Offset {
    return this.#core.highWatermark;
  }

  get end(): OffsetAndEpoch {
    return this.#core.end;
  }

  get voters(): readonly Voter[] {
    return this.#core.voters.latest.voters;
  }

  get kraftVersion(): number {
    return this.#core.voters.kraftVersion;
  }

  /** Voters and kraft.version by what the log says below `endOffset`. */
  votersAt(endOffset: Offset): { readonly kraftVersion: number; readonly voters: readonly Voter[] } {
    return this.#core.voters.at(endOffset);
  }

  kraftUpgradeRefusal(version: number): KraftUpgradeRefusal | null {
    return kraftUpgradeRefusal(this.#core, version);
  }

  /** Null unless this node leads. */
  describe(nowMs: number): QuorumView | null {
    const { role, epoch, highWatermark, local } = this.#core;
    if (role.name !== 'leader') return null;
    return {
      leaderId: local.id,
      epoch,
      highWatermark,
      voters: role.books.voters,
      observers: role.books.observers(nowMs),
    };
  }
}

type RaftPeerRequest = Parameters<typeof handleResponse>[2];
