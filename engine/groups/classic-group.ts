import { assert } from '../base/assert.ts';
import { errorCode } from '../protocol/errors.ts';
import type { GroupMetadataValue } from '../protocol/generated/group-metadata-value.js';
import type { Init } from '../protocol/types.ts';
import type { ClassicMember, MemberProtocol } from './classic-member.ts';
import { Deadline } from './deadlines.ts';
import { consumerProtocolType, subscribedTopics } from './subscribed-topics.ts';
import type { Waiter } from './types.ts';

/** What members hold together; shared by groups. */
export interface MemberUsage {
  bytes: number;
}

/**
 * - Empty: no members; it may have offsets. - PreparingRebalance: members are to join again. - CompletingRebalance: they
 * have, and wait for the leader's assignment. - Stable: they have it. - Dead: its tombstone is on its way to the log.
 */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/** What joins have led to: members, leader, generation, protocol. It changes nothing by itself and tells nobody. */
export class ClassicGroup {
  readonly id: string;
  state: GroupState = 'Empty';
  /** The state before this one. */
  previousState: GroupState = 'Empty';
  generationId = 0;
  protocolType: string | null = null;
  protocolName: string | null = null;
  leaderId: string | null = null;
  /** Wall clock; -1 for a group that has been in one state only. */
  stateTimestampMs = -1;
  /** In the order in which they joined. */
  readonly members = new Map<string, ClassicMember>();
  /** Members that were given an id and have not joined with it, with the end of their time to do so. */
  readonly pendingJoins = new Map<string, Deadline>();
  /** Members that joined this generation and did not ask for their assignment. */
  readonly pendingSyncs = new Set<string>();
  /** The delay of an initial rebalance that is being waited for, and what may be added to it. */
  initialDelayMs = 0;
  initialDelayLeftMs = 0;
  /** Since the initial delay was last set, somebody joined. */
  newMemberAdded = false;
  /** Topics that its members subscribe to; null where that is not known. */
  subscribed: ReadonlySet<string> | null = null;
  /** The end of PreparingRebalance, whoever is missing. */
  readonly joinEnd: Deadline;
  /** The end of waiting for the members' SyncGroup. */
  readonly syncEnd: Deadline;
  #joining = 0;
  readonly #usage: MemberUsage;
  readonly #staticMembers = new Map<string, string>();
  /** How many members support each protocol. */
  readonly #supporters = new Map<string, number>();

  constructor(
    id: string,
    usage: MemberUsage,
    joinEnded: (group: ClassicGroup) => void,
    syncEnded: (group: ClassicGroup) => void,
  ) {
    this.id = id;
    this.#usage = usage;
    this.joinEnd = new Deadline(() => joinEnded(this));
    this.syncEnd = new Deadline(() => syncEnded(this));
  }

  get usesConsumerProtocol(): boolean {
    return this.protocolType === consumerProtocolType;
  }

  /** All are here that are to join, those that were given an id included. */
  get hasAllJoined(): boolean {
    return this.pendingJoins.size === 0 && this.#joining === this.members.size;
  }

  /** Members that wait for the next generation. */
  get joiningCount(): number {
    return this.#joining;
  }

  /** The longest that a member may take to join again. */
  get rebalanceTimeoutMs(): number {
    let longestMs = 0;
    for (const member of this.members.values()) longestMs = Math.max(longestMs, member.rebalanceTimeoutMs);
    return longestMs;
  }

  moveTo(state: GroupState, wallMs: number): void {
    this.previousState = this.state;
    this.state = state;
    this.stateTimestampMs = wallMs;
  }

  member(id: string): ClassicMember {
    const member = this.members.get(id);
    assert(member !== undefined, 'group: no such member');
    return member;
  }

  /** The member that an instance id stands for now. */
  staticMemberId(instanceId: string): string | undefined {
    return this.#staticMembers.get(instanceId);
  }

  /** 0, or why somebody who says to be this member is not believed. */
  refusalOf(memberId: string, instanceId: string | null): number {
    if (instanceId !== null) {
      const known = this.#staticMembers.get(instanceId);
      if (known === undefined) return errorCode.UNKNOWN_MEMBER_ID;
      if (known !== memberId) return errorCode.FENCED_INSTANCE_ID;
    }
    return this.members.has(memberId) ? 0 : errorCode.UNKNOWN_MEMBER_ID;
  }

  setJoining(member: ClassicMember, waiter: Waiter | null): void {
    if (member.joining === null && waiter !== null) this.#joining += 1;
    if (member.joining !== null && waiter === null) this.#joining -= 1;
    member.joining = waiter;
  }

  add(member: ClassicMember): void {
    const { instanceId, protocolType } = member.membership;
    if (instanceId !== null) this.#staticMembers.set(instanceId, member.id);
    if (this.members.size === 0) this.protocolType = protocolType;
    this.leaderId ??= member.id;
    this.members.set(member.id, member);
    this.#count(member.protocols, 1);
  }

  remove(memberId: string): void {
    const member = this.members.get(memberId);
    this.pendingSyncs.delete(memberId);
    if (member === undefined) return;
    this.setJoining(member, null);
    this.members.delete(memberId);
    this.#count(member.protocols, -1);
    const { instanceId } = member.membership;
    if (instanceId !== null && this.#staticMembers.get(instanceId) === memberId) this.#staticMembers.delete(instanceId);
    if (this.leaderId === memberId) this.leaderId = this.members.keys().next().value ?? null;
  }

  /** Nobody is a member any more, for there is no such group. */
  clear(): void {
    for (const id of [...this.members.keys()]) this.remove(id);
  }

  /** Another process took a static member's place. */
  replace(replaced: ClassicMember, member: ClassicMember): void {
    const wasLeader = this.leaderId === replaced.id;
    this.setJoining(replaced, null);
    this.members.delete(replaced.id);
    this.#count(replaced.protocols, -1);
    this.members.set(member.id, member);
    this.#count(member.protocols, 1);
    this.#staticMembers.set(member.membership.instanceId!, member.id);
    if (wasLeader) this.leaderId = member.id;
  }

  setProtocols(member: ClassicMember, protocols: readonly MemberProtocol[]): void {
    this.#count(member.protocols, -1);
    member.protocols = protocols;
    this.#count(protocols, 1);
  }

  /** Whether somebody with these protocols can be among the members. */
  supports(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (this.state === 'Empty') return protocolType !== '' && protocols.length > 0;
    return protocolType === this.protocolType && protocols.some(({ name }) => this.#isCommon(name));
  }

  /** The protocol that most members like best of those that all of them support. */
  selectProtocol(): string {
    const candidates = new Set([...this.#supporters.keys()].filter((name) => this.#isCommon(name)));
    const votes = new Map<string, number>();
    for (const member of this.members.values()) {
      const choice = member.vote(candidates);
      if (choice !== undefined) votes.set(choice, (votes.get(choice) ?? 0) + 1);
    }
    let chosen: string | undefined;
    for (const [name, count] of votes) if (chosen === undefined || count > votes.get(chosen)!) chosen = name;
    assert(chosen !== undefined, 'group: members without a common protocol');
    return chosen;
  }

  /** A leader that joined: the old one if it did. False: nobody joined. */
  electJoinedLeader(): boolean {
    const leader = this.leaderId === null ? undefined : this.members.get(this.leaderId);
    if (leader === undefined) return false;
    if (leader.joining !== null) return true;
    for (const member of this.members.values()) {
      if (member.joining === null) continue;
      this.leaderId = member.id;
      return true;
    }
    return false;
  }

  beginGeneration(wallMs: number): void {
    this.generationId += 1;
    this.pendingSyncs.clear();
    this.protocolName = this.members.size === 0 ? null : this.selectProtocol();
    this.readSubscriptions();
    this.moveTo(this.members.size === 0 ? 'Empty' : 'CompletingRebalance', wallMs);
  }

  /** Finds out what its members subscribe to. */
  readSubscriptions(): void {
    this.subscribed = null;
    if (!this.usesConsumerProtocol) return;
    if (this.members.size === 0) this.subscribed = new Set();
    else if (this.protocolName !== null) {
      const subscriptions = [...this.members.values()].map((member) => member.metadataOf(this.protocolName));
      this.subscribed = subscribedTopics(subscriptions.filter((metadata) => metadata !== undefined));
    }
  }

  /** Where nothing is known of what consumers subscribe to, they may subscribe to anything. */
  isSubscribedTo(topic: string): boolean {
    return this.subscribed === null ? this.usesConsumerProtocol : this.subscribed.has(topic);
  }

  /** The group as its record has it. */
  metadata(assignments: ReadonlyMap<string, Uint8Array>): Init<GroupMetadataValue> {
    return {
      protocolType: this.protocolType ?? '',
      generation: this.generationId,
      protocol: this.protocolName,
      leader: this.leaderId,
      currentStateTimestamp: BigInt(this.stateTimestampMs),
      members: [...this.members.values()].map((member) => {
        const subscription = member.metadataOf(this.protocolName);
        const assignment = assignments.get(member.id);
        assert(subscription !== undefined && assignment !== undefined, 'group: a record of a member that has no part');
        return {
          memberId: member.id,
          groupInstanceId: member.membership.instanceId,
          clientId: member.membership.clientId,
          clientHost: member.membership.clientHost,
          rebalanceTimeout: member.rebalanceTimeoutMs,
          sessionTimeout: member.sessionTimeoutMs,
          subscription,
          assignment,
        };
      }),
    };
  }

  /** What the members have been assigned. */
  assignments(): Map<string, Uint8Array> {
    return new Map([...this.members.values()].map(({ id, assignment }) => [id, assignment]));
  }

  #isCommon(name: string): boolean {
    return this.#supporters.get(name) === this.members.size;
  }

  #count(protocols: readonly MemberProtocol[], by: 1 | -1): void {
    this.#usage.bytes += by * bytesOf(protocols);
    for (const { name } of protocols) {
      const count = (this.#supporters.get(name) ?? 0) + by;
      if (count === 0) this.#supporters.delete(name);
      else this.#supporters.set(name, count);
    }
  }
}

export function bytesOf(protocols: readonly MemberProtocol[]): number {
  return protocols.reduce((bytes, { name, metadata }) => bytes + name.length + metadata.length, 0);
}
