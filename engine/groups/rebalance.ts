import { groupLimits } from '../base/limits.ts';
import { errorCode } from '../protocol/errors.ts';
import type { JoinGroupResponse } from '../protocol/generated/join-group-response.js';
import { emptyBytes, type Init } from '../protocol/types.ts';
import { appendErrorOf } from './append-errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import { ClassicMember, type Membership } from './classic-member.ts';
import { Deadline } from './deadlines.ts';
import type { GroupContext, Waiter } from './types.ts';

/** The course of a rebalance: from the reason for one over the joins of all members to the next generation. */

export function rebalanceOrCompleteJoin(context: GroupContext, group: ClassicGroup, reason: string): void {
  if (group.state === 'PreparingRebalance') completeJoinWhenAllJoined(context, group);
  else prepareRebalance(context, group, reason);
}

/** The rest of an initial delay is waited for, whoever is there. */
export function completeJoinWhenAllJoined(context: GroupContext, group: ClassicGroup): void {
  if (group.state !== 'PreparingRebalance' || !group.hasAllJoined || group.previousState === 'Empty') return;
  completeJoin(context, group);
}

export function prepareRebalance(context: GroupContext, group: ClassicGroup, reason: string): void {
  const { deadlines, now, logger } = context;
  if (group.state === 'CompletingRebalance') {
    for (const member of group.members.values()) member.assignment = emptyBytes;
    answerSyncs(context, group, errorCode.REBALANCE_IN_PROGRESS);
  }
  deadlines.cancel(group.syncEnd);
  const isInitial = group.state === 'Empty';
  group.moveTo('PreparingRebalance', now.wallMs);
  logger.info({ group: group.id, generation: group.generationId, reason }, 'a group is rebalanced');
  if (isInitial) beginInitialDelay(context, group);
  else if (group.hasAllJoined) completeJoin(context, group);
  else deadlines.set(group.joinEnd, now.monotonicMs + group.rebalanceTimeoutMs);
}

/** The first members of a group wait for others, as long as new ones come and nobody waits longer than it said. */
function beginInitialDelay(context: GroupContext, group: ClassicGroup): void {
  const delayMs = Math.max(context.config().initialRebalanceDelayMs, 0);
  group.initialDelayMs = delayMs;
  group.initialDelayLeftMs = Math.max(group.rebalanceTimeoutMs - delayMs, 0);
  context.deadlines.set(group.joinEnd, context.now.monotonicMs + delayMs);
}

/** The time for joining is over. */
export function joinTimeEnded(context: GroupContext, group: ClassicGroup): void {
  if (group.state !== 'PreparingRebalance') return;
  const isInitial = group.previousState === 'Empty';
  if (!isInitial || !group.newMemberAdded || group.initialDelayLeftMs === 0) {
    completeJoin(context, group);
    return;
  }
  group.newMemberAdded = false;
  const delayMs = Math.min(Math.max(context.config().initialRebalanceDelayMs, 0), group.initialDelayLeftMs);
  group.initialDelayLeftMs = Math.max(group.initialDelayLeftMs - group.initialDelayMs, 0);
  group.initialDelayMs = delayMs;
  context.deadlines.set(group.joinEnd, context.now.monotonicMs + delayMs);
}

/** Who did not join is put out, the others are a generation. Static members that are away keep their place until their session ends. */
function completeJoin(context: GroupContext, group: ClassicGroup): void {
  const { deadlines, now, logger } = context;
  deadlines.cancel(group.joinEnd);
  for (const member of [...group.members.values()]) {
    if (member.joining === null && !member.isStatic) forget(context, group, member);
  }
  if (group.members.size > 0 && !group.electJoinedLeader()) {
    deadlines.set(group.joinEnd, now.monotonicMs + group.rebalanceTimeoutMs);
    return;
  }
  group.beginGeneration(now.wallMs);
  const { generationId } = group;
  if (group.members.size === 0) {
    logger.info({ group: group.id, generation: generationId }, 'a group is empty');
    storeEmpty(context, group);
    return;
  }
  logger.info({ group: group.id, generation: generationId, members: group.members.size }, 'a group has a generation');
  for (const member of group.members.values()) {
    answerJoin(context, group, member, generationOf(group, member.id));
    keepSession(context, member);
    member.isNew = false;
    group.pendingSyncs.add(member.id);
  }
  deadlines.set(group.syncEnd, now.monotonicMs + group.rebalanceTimeoutMs);
}

/** A group without members is recorded, so that its offsets are kept as long as they should from now on. */
function storeEmpty(context: GroupContext, group: ClassicGroup): void {
  context.append([{ kind: 'group', groupId: group.id, value: group.metadata(new Map()) }], {
    committed: () => {},
    failed: (code) => {
      context.logger.warn({ group: group.id, code: appendErrorOf(code) }, 'an empty group could not be recorded');
    },
  });
}

/** Members that did not ask for their assignment in time are put out. */
export function syncTimeEnded(context: GroupContext, group: ClassicGroup): void {
  if (group.state !== 'CompletingRebalance' && group.state !== 'Stable') return;
  if (group.pendingSyncs.size === 0) return;
  const late = [...group.pendingSyncs];
  for (const id of late) {
    const member = group.members.get(id);
    if (member !== undefined) forget(context, group, member);
    group.pendingSyncs.delete(id);
  }
  prepareRebalance(context, group, `no SyncGroup came from ${late.join(', ')}`);
}

/** A member as it is told of its generation; the leader is told of everybody. */
export function generationOf(group: ClassicGroup, memberId: string): Init<JoinGroupResponse> {
  const isLeader = group.leaderId === memberId;
  return {
    memberId,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: group.leaderId ?? '',
    members: isLeader ? [...group.members.values()].map((member) => member.described(group.protocolName)) : [],
  };
}

export function refuseJoin(context: GroupContext, waiter: Waiter, code: number, memberId: string): void {
  context.answer(waiter, 'joinGroup', { memberId, errorCode: code, protocolName: null });
}

export function answerJoin(
  context: GroupContext,
  group: ClassicGroup,
  member: ClassicMember,
  reply: Init<JoinGroupResponse>,
): void {
  const { joining } = member;
  if (joining === null) return;
  group.setJoining(member, null);
  context.answer(joining, 'joinGroup', reply);
}

/** Answers everybody who waits for an assignment; their sessions begin anew, for while they waited none counted. */
export function answerSyncs(context: GroupContext, group: ClassicGroup, code: number): void {
  for (const member of group.members.values()) {
    if (answerSync(context, group, member, code)) keepSession(context, member);
  }
}

export function answerSync(context: GroupContext, group: ClassicGroup, member: ClassicMember, code: number): boolean {
  const { syncing, assignment } = member;
  if (syncing === null) return false;
  member.syncing = null;
  const { protocolType, protocolName } = group;
  const told = code === 0 ? { protocolType, protocolName, assignment } : {};
  context.answer(syncing, 'syncGroup', { errorCode: code, ...told });
  return true;
}

export function keepSession(context: GroupContext, member: ClassicMember, timeoutMs = member.sessionTimeoutMs): void {
  context.deadlines.set(member.session, context.now.monotonicMs + timeoutMs);
}

/** Makes a member whose session, once it is over, is the end of its membership. */
export function makeMember(
  context: GroupContext,
  group: ClassicGroup,
  id: string,
  membership: Membership,
): ClassicMember {
  return new ClassicMember(id, membership, (member) => sessionEnded(context, group, member));
}

/** An id is given out; who does not join with it in time is not waited for any longer. */
export function addPendingJoin(context: GroupContext, group: ClassicGroup, id: string, timeoutMs: number): void {
  const deadline = new Deadline(() => dropPendingJoin(context, group, id));
  group.pendingJoins.set(id, deadline);
  context.deadlines.set(deadline, context.now.monotonicMs + timeoutMs);
}

export function removePendingJoin(context: GroupContext, group: ClassicGroup, id: string): void {
  const deadline = group.pendingJoins.get(id);
  if (deadline === undefined) return;
  context.deadlines.cancel(deadline);
  group.pendingJoins.delete(id);
}

export function dropPendingJoin(context: GroupContext, group: ClassicGroup, id: string): void {
  removePendingJoin(context, group, id);
  completeJoinWhenAllJoined(context, group);
}

function sessionEnded(context: GroupContext, group: ClassicGroup, member: ClassicMember): void {
  if (group.members.get(member.id) !== member || member.isHeldByWaiting) return;
  context.logger.info({ group: group.id, member: member.id }, 'a member gave no sign of life');
  putOut(context, group, member);
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    prepareRebalance(context, group, `the session of ${member.id} ended`);
  } else completeJoinWhenAllJoined(context, group);
}

/** Takes a member out of its group. Who still waits in its name is told that it is none any more. */
export function putOut(context: GroupContext, group: ClassicGroup, member: ClassicMember): void {
  answerJoin(context, group, member, {
    memberId: '',
    errorCode: errorCode.UNKNOWN_MEMBER_ID,
    protocolName: null,
  });
  forget(context, group, member);
}

function forget(context: GroupContext, group: ClassicGroup, member: ClassicMember): void {
  answerSync(context, group, member, errorCode.UNKNOWN_MEMBER_ID);
  context.deadlines.cancel(member.session);
  group.remove(member.id);
}

/** The time that a member has which waits for its first generation: it cannot send heartbeats before. */
export const newMemberTimeoutMs = groupLimits.newMemberTimeoutMs;
