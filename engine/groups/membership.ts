import { errorCode } from '../protocol/errors.ts';
import type { HeartbeatRequest } from '../protocol/generated/heartbeat-request.js';
import type { LeaveGroupRequest, MemberIdentity } from '../protocol/generated/leave-group-request.js';
import type { MemberResponse } from '../protocol/generated/leave-group-response.js';
import type { SyncGroupRequest } from '../protocol/generated/sync-group-request.js';
import { emptyBytes, type Init } from '../protocol/types.ts';
import { appendErrorOf } from './append-errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import {
  answerSync,
  answerSyncs,
  completeJoinWhenAllJoined,
  dropPendingJoin,
  keepSession,
  putOut,
  rebalanceOrCompleteJoin,
} from './rebalance.ts';
import type { GroupContext, Waiter } from './types.ts';

export function heartbeat(context: GroupContext, request: HeartbeatRequest, waiter: Waiter): void {
  context.answer(waiter, 'heartbeat', { errorCode: heartbeatCode(context, request) });
}

function heartbeatCode(context: GroupContext, request: HeartbeatRequest): number {
  const { groupId, memberId, groupInstanceId, generationId } = request;
  if (groupId === '') return errorCode.INVALID_GROUP_ID;
  const group = context.groups.get(groupId);
  if (group === undefined) return errorCode.UNKNOWN_MEMBER_ID;
  if (group.state === 'Dead') return errorCode.COORDINATOR_NOT_AVAILABLE;
  const refused = group.refusalOf(memberId, groupInstanceId);
  if (refused !== 0) return refused;
  if (generationId !== group.generationId) return errorCode.ILLEGAL_GENERATION;
  keepSession(context, group.member(memberId));
  return group.state === 'PreparingRebalance' ? errorCode.REBALANCE_IN_PROGRESS : 0;
}

export function syncGroup(context: GroupContext, request: SyncGroupRequest, waiter: Waiter) {
  const { groupId, memberId } = request;
  const refuse = (code: number): void => context.answer(waiter, 'syncGroup', { errorCode: code });
  if (groupId === '') return refuse(errorCode.INVALID_GROUP_ID);
  const group = context.groups.get(groupId);
  if (group === undefined) return refuse(errorCode.UNKNOWN_MEMBER_ID);
  const refused = syncRefusal(group, request);
  if (refused !== 0) return refuse(refused);
  const member = group.member(memberId);
  if (member.syncing !== null) answerSync(context, group, member, errorCode.REBALANCE_IN_PROGRESS);
  member.syncing = waiter;
  group.pendingSyncs.delete(memberId);
  if (group.pendingSyncs.size === 0) context.deadlines.cancel(group.syncEnd);
  if (group.state === 'Stable') {
    keepSession(context, member);
    answerSync(context, group, member, 0);
  } else if (group.leaderId === memberId) recordAssignments(context, group, request);
}

function syncRefusal(group: ClassicGroup, request: SyncGroupRequest): number {
  if (group.state === 'Dead') return errorCode.COORDINATOR_NOT_AVAILABLE;
  const refused = group.refusalOf(request.memberId, request.groupInstanceId);
  if (refused !== 0) return refused;
  if (request.generationId !== group.generationId) return errorCode.ILLEGAL_GENERATION;
  const { protocolType, protocolName } = request;
  const isOther =
    (protocolType !== null && protocolType !== group.protocolType) ||
    (protocolName !== null && protocolName !== group.protocolName);
  if (isOther) return errorCode.INCONSISTENT_GROUP_PROTOCOL;
  return group.state === 'PreparingRebalance' ? errorCode.REBALANCE_IN_PROGRESS : 0;
}

/** What the leader assigned becomes the members' when it is recorded (see replay.ts); those it forgot get nothing. */
function recordAssignments(context: GroupContext, group: ClassicGroup, request: SyncGroupRequest): void {
  const given = new Map(request.assignments.map(({ memberId, assignment }) => [memberId, assignment]));
  const assignments = new Map<string, Uint8Array>();
  for (const { id } of group.members.values()) {
    const assignment = given.get(id);
    // The request's bytes are somebody else's memory.
    assignments.set(id, assignment === undefined ? emptyBytes : new Uint8Array(assignment));
  }
  const { generationId } = group;
  context.append([{ kind: 'group', groupId: group.id, value: group.metadata(assignments) }], {
    committed: () => {
      if (group.state === 'Stable' && group.generationId === generationId) answerSyncs(context, group, 0);
    },
    failed: (code) => {
      if (group.state !== 'CompletingRebalance' || group.generationId !== generationId) return;
      const answer = appendErrorOf(code);
      for (const member of group.members.values()) member.assignment = emptyBytes;
      answerSyncs(context, group, answer);
      rebalanceOrCompleteJoin(context, group, `its assignments could not be recorded (${answer})`);
    },
  });
}

export function leaveGroup(context: GroupContext, request: LeaveGroupRequest, waiter: Waiter) {
  const { groupId, members } = request;
  const refuse = (code: number): void => context.answer(waiter, 'leaveGroup', { errorCode: code });
  if (groupId === '') return refuse(errorCode.INVALID_GROUP_ID);
  const group = context.groups.get(groupId);
  if (group === undefined) {
    const unknown = members.map((member) => responseOf(member, errorCode.UNKNOWN_MEMBER_ID));
    return context.answer(waiter, 'leaveGroup', { members: unknown });
  }
  if (group.state === 'Dead') return refuse(errorCode.COORDINATOR_NOT_AVAILABLE);
  const responses = members.map((member) => responseOf(member, leave(context, group, member)));
  const left = responses.filter(({ errorCode: code }) => code === 0).map(({ memberId }) => memberId);
  if (left.length > 0 && (group.state === 'Stable' || group.state === 'CompletingRebalance')) {
    const reasons = members.map(({ reason }) => reason ?? 'not said').join(', ');
    rebalanceOrCompleteJoin(context, group, `${left.join(', ')} left (${reasons})`);
  } else if (left.length > 0) completeJoinWhenAllJoined(context, group);
  // Where the last one left that is recorded first.
  context.whenDecided(() => context.answer(waiter, 'leaveGroup', { members: responses }));
}

function responseOf({ memberId, groupInstanceId }: MemberIdentity, code: number): Init<MemberResponse> {
  return { memberId, groupInstanceId, errorCode: code };
}

/** An administrator may take a static member out by its instance id alone. */
function leave(context: GroupContext, group: ClassicGroup, { memberId, groupInstanceId }: MemberIdentity): number {
  if (memberId === '') {
    const known = groupInstanceId === null ? undefined : group.staticMemberId(groupInstanceId);
    if (known === undefined) return errorCode.UNKNOWN_MEMBER_ID;
    putOut(context, group, group.member(known));
    return 0;
  }
  if (group.pendingJoins.has(memberId)) {
    dropPendingJoin(context, group, memberId);
    return 0;
  }
  const refused = group.refusalOf(memberId, groupInstanceId);
  if (refused !== 0) return refused;
  putOut(context, group, group.member(memberId));
  return 0;
}
