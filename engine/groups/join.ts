import { groupLimits } from '../base/limits.ts';
import { errorCode } from '../protocol/errors.ts';
import type { JoinGroupRequest } from '../protocol/generated/join-group-request.js';
import type { GroupCaller } from '../protocol/group-calls.ts';
import { appendErrorOf } from './append-errors.ts';
import { bytesOf, ClassicGroup } from './classic-group.ts';
import type { MemberProtocol } from './classic-member.ts';
import { type Joining, updateMember } from './joining.ts';
import {
  addPendingJoin,
  answerJoin,
  completeJoinWhenAllJoined,
  generationOf,
  joinTimeEnded,
  keepSession,
  makeMember,
  newMemberTimeoutMs,
  rebalanceOrCompleteJoin,
  refuseJoin,
  removePendingJoin,
  syncTimeEnded,
} from './rebalance.ts';
import { replaceStaticMember } from './static-members.ts';
import type { GroupContext, Waiter } from './types.ts';

/** From this version on a member joins with an id that it was given before (KIP-394). */
const knownIdSince = 4;
/** In version 0 the session timeout is the rebalance timeout too. */
const rebalanceTimeoutSince = 1;

export function joinGroup(context: GroupContext, request: JoinGroupRequest, caller: GroupCaller, waiter: Waiter) {
  const { groupId, memberId, sessionTimeoutMs } = request;
  const config = context.config();
  const refuse = (code: number): void => refuseJoin(context, waiter, code, memberId);
  if (groupId === '') return refuse(errorCode.INVALID_GROUP_ID);
  if (sessionTimeoutMs < config.minSessionTimeoutMs || sessionTimeoutMs > config.maxSessionTimeoutMs) {
    return refuse(errorCode.INVALID_SESSION_TIMEOUT);
  }
  const protocols = withoutRepetition(request);
  const bytes = bytesOf(protocols);
  if (bytes > groupLimits.memberBytes) return refuse(errorCode.INVALID_REQUEST);
  if (context.usage.bytes + bytes > groupLimits.memberBytesPerPartition) {
    return refuse(errorCode.COORDINATOR_NOT_AVAILABLE);
  }
  const joining: Joining = {
    memberId,
    instanceId: request.groupInstanceId,
    protocolType: request.protocolType,
    protocols,
    sessionTimeoutMs,
    rebalanceTimeoutMs: caller.version >= rebalanceTimeoutSince ? request.rebalanceTimeoutMs : sessionTimeoutMs,
    caller,
    waiter,
  };
  const known = context.groups.get(groupId);
  if (known !== undefined) return joinKnown(context, known, joining);
  if (memberId !== '') return refuse(errorCode.UNKNOWN_MEMBER_ID);
  if (!hasRoomForGroup(context)) return refuse(errorCode.COORDINATOR_NOT_AVAILABLE);
  const group = makeGroup(context, groupId);
  joinKnown(context, group, joining);
  recordNew(context, group);
}

/** A name counts once, as in the set that Kafka keeps them in. */
function withoutRepetition({ protocols }: JoinGroupRequest): MemberProtocol[] {
  const byName = new Map<string, MemberProtocol>();
  for (const { name, metadata } of protocols) {
    // The request's bytes are somebody else's memory.
    if (!byName.has(name)) byName.set(name, { name, metadata: new Uint8Array(metadata) });
  }
  return [...byName.values()];
}

/** Whoever makes groups and leaves them must not fill the memory. */
export function hasRoomForGroup({ groups }: GroupContext): boolean {
  return groups.size < groupLimits.groupsPerPartition;
}

/** A group without members, known from now on. */
export function makeGroup(context: GroupContext, groupId: string): ClassicGroup {
  const group = new ClassicGroup(
    groupId,
    context.usage,
    (ended) => joinTimeEnded(context, ended),
    (ended) => syncTimeEnded(context, ended),
  );
  group.stateTimestampMs = context.now.wallMs;
  context.groups.set(groupId, group);
  return group;
}

/** A group is there once it is recorded. Where that fails there is none, and nobody is in it. */
function recordNew(context: GroupContext, group: ClassicGroup): void {
  const value = {
    protocolType: '',
    generation: 0,
    protocol: null,
    leader: null,
    currentStateTimestamp: BigInt(context.now.wallMs),
    members: [],
  };
  context.append([{ kind: 'group', groupId: group.id, value }], {
    committed: () => {},
    failed: (code) => {
      if (context.groups.get(group.id) !== group || group.generationId > 0) return;
      refuseAll(context, group, appendErrorOf(code));
      group.clear();
      context.groups.delete(group.id);
    },
  });
}

/** Answers everybody who waits to join, and lets go of all that was planned. */
export function refuseAll(context: GroupContext, group: ClassicGroup, code: number): void {
  for (const member of group.members.values()) {
    answerJoin(context, group, member, { memberId: member.id, errorCode: code, protocolName: null });
    context.deadlines.cancel(member.session);
  }
  for (const deadline of group.pendingJoins.values()) context.deadlines.cancel(deadline);
  context.deadlines.cancel(group.joinEnd);
  context.deadlines.cancel(group.syncEnd);
}

function joinKnown(context: GroupContext, group: ClassicGroup, joining: Joining): void {
  const { memberId, waiter, protocolType, protocols } = joining;
  if (group.state === 'Dead') {
    refuseJoin(context, waiter, errorCode.COORDINATOR_NOT_AVAILABLE, memberId);
  } else if (!hasRoom(context, group, memberId)) {
    const member = group.members.get(memberId);
    if (member !== undefined) {
      context.deadlines.cancel(member.session);
      group.remove(memberId);
    }
    removePendingJoin(context, group, memberId);
    refuseJoin(context, waiter, errorCode.GROUP_MAX_SIZE_REACHED, '');
    completeJoinWhenAllJoined(context, group);
  } else if (!group.supports(protocolType, protocols)) {
    refuseJoin(context, waiter, errorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
  } else if (memberId === '') joinNew(context, group, joining);
  else joinAgain(context, group, joining);
}

/** `group.max.size` bounds those who wait for the next generation while one is prepared, and the members otherwise. */
function hasRoom(context: GroupContext, group: ClassicGroup, memberId: string): boolean {
  const { maxSize } = context.config();
  const member = group.members.get(memberId);
  if (group.state === 'Empty') return true;
  if (group.state !== 'PreparingRebalance') return member !== undefined || group.members.size < maxSize;
  return (member !== undefined && member.joining !== null) || group.joiningCount < maxSize;
}

function joinNew(context: GroupContext, group: ClassicGroup, joining: Joining): void {
  const { instanceId, caller, waiter } = joining;
  const id = `${instanceId ?? caller.clientId}-${context.newUuid()}`;
  if (instanceId !== null) {
    const replaced = group.staticMemberId(instanceId);
    if (replaced === undefined) addMember(context, group, id, joining);
    else replaceStaticMember(context, group, group.member(replaced), id, joining);
  } else if (caller.version < knownIdSince) addMember(context, group, id, joining);
  else if (group.pendingJoins.size >= groupLimits.pendingJoins) {
    refuseJoin(context, waiter, errorCode.GROUP_MAX_SIZE_REACHED, '');
  } else {
    addPendingJoin(context, group, id, joining.sessionTimeoutMs);
    refuseJoin(context, waiter, errorCode.MEMBER_ID_REQUIRED, id);
  }
}

function joinAgain(context: GroupContext, group: ClassicGroup, joining: Joining): void {
  const { memberId, instanceId, waiter, protocols } = joining;
  if (instanceId === null && group.pendingJoins.has(memberId)) {
    removePendingJoin(context, group, memberId);
    addMember(context, group, memberId, joining);
    return;
  }
  const refused = group.refusalOf(memberId, instanceId);
  if (refused !== 0) {
    refuseJoin(context, waiter, refused, memberId);
    return;
  }
  const member = group.member(memberId);
  const isUnchanged = member.hasSameProtocols(protocols);
  // A leader that joins again wants a rebalance though it says the same: topics may have changed.
  const isSettled = group.state === 'CompletingRebalance' || (group.state === 'Stable' && group.leaderId !== memberId);
  if (isUnchanged && isSettled) context.answer(waiter, 'joinGroup', generationOf(group, memberId));
  else {
    updateMember(context, group, member, joining);
    rebalanceOrCompleteJoin(context, group, `${memberId} joins again`);
  }
}

function addMember(context: GroupContext, group: ClassicGroup, id: string, joining: Joining): void {
  const { instanceId, protocolType, protocols, waiter } = joining;
  const { clientId, clientHost } = joining.caller;
  const member = makeMember(context, group, id, { instanceId, clientId, clientHost, protocolType });
  member.protocols = protocols;
  member.rebalanceTimeoutMs = joining.rebalanceTimeoutMs;
  member.sessionTimeoutMs = joining.sessionTimeoutMs;
  member.isNew = true;
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true;
  group.add(member);
  group.setJoining(member, waiter);
  keepSession(context, member, newMemberTimeoutMs);
  rebalanceOrCompleteJoin(context, group, `${id} joins`);
}
