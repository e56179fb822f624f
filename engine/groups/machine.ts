import { assert } from '../base/assert.ts';
import { groupLimits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import { errorCode } from '../protocol/errors.ts';
import type { GroupApi, GroupCall, GroupReplies } from '../protocol/group-calls.ts';
import { deleteGroups, describeGroups, listGroups } from './administration.ts';
import type { ClassicGroup } from './classic-group.ts';
import { Deadline, Deadlines } from './deadlines.ts';
import { expireOffsets, forgetTopics } from './expiry.ts';
import type { GroupRecord } from './group-records.ts';
import { joinGroup, refuseAll } from './join.ts';
import { heartbeat, leaveGroup, syncGroup } from './membership.ts';
import { offsetCommit, offsetDelete, offsetFetch } from './offset-calls.ts';
import { OffsetStore } from './offset-store.ts';
import { answerSyncs, keepSession, prepareRebalance } from './rebalance.ts';
import { replay } from './replay.ts';
import type { AppendOutcome, GroupConfig, GroupContext, GroupEffect, Moment, Waiter } from './types.ts';

export interface GroupMachineOptions {
  readonly logger: Logger;
  /** Read with every event that asks for it: some keys change while the broker runs. */
  readonly config: () => GroupConfig;
  /** A random uuid as text, for ids of members. */
  readonly newUuid: () => string;
}

interface Pending {
  readonly records: readonly GroupRecord[];
  readonly outcome: AppendOutcome;
  readonly after: (() => void)[];
}

/**
 * The groups of one partition of `__consumer_offsets`: calls, time and committed records in, effects out (`takeEffects`).
 * A call decides on records and an answer; offsets and what a group's record says change when `replay` sees the record,
 * which is when it is committed. What is never recorded (who is joining, sessions) changes with the decision.
 */
export class GroupMachine implements GroupContext {
  readonly groups = new Map<string, ClassicGroup>();
  readonly offsets = new OffsetStore();
  readonly usage = { bytes: 0 };
  readonly deadlines = new Deadlines();
  readonly logger: Logger;
  readonly config: () => GroupConfig;
  readonly newUuid: () => string;
  now: Moment = { monotonicMs: 0, wallMs: 0 };
  isServing = false;
  #effects: GroupEffect[] = [];
  readonly #pending = new Map<number, Pending>();
  #nextAppend = 1;
  /** Groups that the present look for expired offsets has yet to come to. */
  #toExpire: string[] = [];
  readonly #expiry = new Deadline(() => this.#expire());

  constructor(options: GroupMachineOptions) {
    this.logger = options.logger;
    this.config = options.config;
    this.newUuid = options.newUuid;
  }

  /** When `advance` has something to do next; Infinity for never. */
  get nextDeadlineMs(): number {
    return this.deadlines.nextMs;
  }

  /** What the events since the last time want done, in order. */
  takeEffects(): GroupEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** A record of the partition is read, before `loaded`. `producerId`: it belongs to a transaction. */
  replay(record: GroupRecord, recordOffset: number, producerId: bigint | null): void {
    replay(this, record, recordOffset, producerId);
  }

  /** The end of a transaction is read. */
  endTransaction(producerId: bigint, isCommitted: boolean): void {
    this.offsets.endTransaction(producerId, isCommitted);
  }

  /** The partition is read to its end: from now on the machine is called, and sessions run. */
  loaded(now: Moment): void {
    this.now = now;
    this.isServing = true;
    const { maxSize, retentionCheckIntervalMs } = this.config();
    for (const group of this.groups.values()) {
      for (const member of group.members.values()) keepSession(this, member);
      if (group.members.size > maxSize) prepareRebalance(this, group, 'it has more members than it may have');
    }
    this.deadlines.set(this.#expiry, now.monotonicMs + retentionCheckIntervalMs);
  }

  /** Answered by an effect, now or later. */
  call(call: GroupCall, waiter: Waiter, now: Moment) {
    assert(this.isServing, 'groups: called before the partition was read');
    this.now = now;
    switch (call.api) {
      case 'joinGroup':
        return joinGroup(this, call.request, call.caller, waiter);
      case 'syncGroup':
        return syncGroup(this, call.request, waiter);
      case 'heartbeat':
        return heartbeat(this, call.request, waiter);
      case 'leaveGroup':
        return leaveGroup(this, call.request, waiter);
      case 'offsetCommit':
        return offsetCommit(this, call.request, call.version, waiter);
      case 'offsetFetch':
        return offsetFetch(this, call.request, call.requireStable, waiter);
      case 'offsetDelete':
        return offsetDelete(this, call.request, waiter);
      case 'describeGroups':
        return describeGroups(this, call.groupIds, waiter);
      case 'listGroups':
        return listGroups(this, call.statesFilter, call.typesFilter, waiter);
      case 'deleteGroups':
        return deleteGroups(this, call.groupIds, waiter);
    }
  }

  /** Time has passed. */
  advance(now: Moment): void {
    this.now = now;
    for (let due = this.deadlines.takeDue(now.monotonicMs); due !== undefined; ) {
      due.fire();
      due = this.deadlines.takeDue(now.monotonicMs);
    }
  }

  /** Topics were deleted. */
  topicsDeleted(topics: readonly string[], now: Moment): void {
    this.now = now;
    forgetTopics(this, new Set(topics));
  }

  /** What came of an append: 0 and the offset of its first record, or why it failed. */
  appended(id: number, code: number, baseOffset: number, now: Moment): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.now = now;
    this.#pending.delete(id);
    this.offsets.decided(pending.records);
    if (code === 0) {
      for (const [index, record] of pending.records.entries()) replay(this, record, baseOffset + index, null);
      pending.outcome.committed();
    } else pending.outcome.failed(code);
    for (const run of pending.after) run();
  }

  /** The partition is not this node's any longer: everybody who waits is told to look for its coordinator. */
  unload(now: Moment): void {
    this.now = now;
    this.isServing = false;
    for (const group of this.groups.values()) {
      refuseAll(this, group, errorCode.NOT_COORDINATOR);
      answerSyncs(this, group, errorCode.NOT_COORDINATOR);
    }
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { outcome, after } of pending) {
      outcome.failed(errorCode.NOT_LEADER_OR_FOLLOWER);
      for (const run of after) run();
    }
  }

  answer<A extends GroupApi>(waiter: Waiter, _api: A, reply: GroupReplies[A]): void {
    this.#effects.push({ kind: 'answer', waiter, reply });
  }

  append(records: readonly GroupRecord[], outcome: AppendOutcome): void {
    if (!this.isServing) {
      outcome.failed(errorCode.NOT_LEADER_OR_FOLLOWER);
      return;
    }
    const id = this.#nextAppend;
    this.#nextAppend += 1;
    this.#pending.set(id, { records, outcome, after: [] });
    this.offsets.handedOver(records);
    this.#effects.push({ kind: 'append', id, records });
  }

  whenDecided(run: () => void): void {
    const last = this.#pending.get(this.#nextAppend - 1);
    if (last === undefined) run();
    else last.after.push(run);
  }

  /** Looks at some groups at a time, so that others have their turn in between. */
  #expire(): void {
    if (this.#toExpire.length === 0) this.#toExpire = [...this.groups.keys()];
    expireOffsets(this, this.#toExpire.splice(-groupLimits.groupsPerExpiry));
    const isDone = this.#toExpire.length === 0;
    const delayMs = isDone ? this.config().retentionCheckIntervalMs : groupLimits.expiryPauseMs;
    this.deadlines.set(this.#expiry, this.now.monotonicMs + delayMs);
  }
}
