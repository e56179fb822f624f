import { errorCode } from '../protocol/errors.ts';
import type { JoinGroupResponse } from '../protocol/generated/join-group-response.js';
import type { Init } from '../protocol/types.ts';
import { appendErrorOf } from './append-errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';
import { type Joining, updateMember } from './joining.ts';
import {
  answerJoin,
  answerSync,
  completeJoinWhenAllJoined,
  generationOf,
  keepSession,
  makeMember,
  prepareRebalance,
  rebalanceOrCompleteJoin,
} from './rebalance.ts';
import type { GroupContext } from './types.ts';

/** From this version on a leader can be told that everybody has an assignment already. */
const skipAssignmentSince = 9;

/** An instance that was a member started anew: it takes its own place, and its former self is fenced (KIP-345). */
export function replaceStaticMember(
  context: GroupContext,
  group: ClassicGroup,
  replaced: ClassicMember,
  newId: string,
  joining: Joining,
): void {
  const leaderBefore = group.leaderId;
  fence(context, group, replaced);
  const member = makeMember(context, group, newId, replaced.membership);
  takePlace(group, replaced, member);
  keepSession(context, member);
  updateMember(context, group, member, joining);
  if (group.state === 'Stable') {
    // The others need not know, unless another protocol would be chosen now.
    if (group.selectProtocol() === group.protocolName) {
      recordReplacement(context, group, replaced, member, joining, leaderBefore);
    } else rebalanceOrCompleteJoin(context, group, `${newId} takes the place of ${replaced.id}, with other protocols`);
  } else if (group.state === 'CompletingRebalance') {
    // The leader may be assigning to the one that is gone.
    prepareRebalance(context, group, `${newId} takes the place of ${replaced.id}`);
  } else completeJoinWhenAllJoined(context, group);
}

function takePlace(group: ClassicGroup, replaced: ClassicMember, member: ClassicMember): void {
  member.protocols = replaced.protocols;
  member.rebalanceTimeoutMs = replaced.rebalanceTimeoutMs;
  member.sessionTimeoutMs = replaced.sessionTimeoutMs;
  member.assignment = replaced.assignment;
  member.isNew = replaced.isNew;
  group.replace(replaced, member);
}

function fence(context: GroupContext, group: ClassicGroup, member: ClassicMember): void {
  const reply = { memberId: member.id, errorCode: errorCode.FENCED_INSTANCE_ID, protocolName: null };
  answerJoin(context, group, member, reply);
  answerSync(context, group, member, errorCode.FENCED_INSTANCE_ID);
  context.deadlines.cancel(member.session);
}

function recordReplacement(
  context: GroupContext,
  group: ClassicGroup,
  replaced: ClassicMember,
  member: ClassicMember,
  joining: Joining,
  leaderBefore: string | null,
): void {
  const isStill = (): boolean => group.members.get(member.id) === member;
  const value = group.metadata(group.assignments());
  context.append([{ kind: 'group', groupId: group.id, value }], {
    committed: () => {
      if (!isStill()) return;
      answerJoin(context, group, member, replacementReply(group, member, joining.caller.version, leaderBefore));
    },
    failed: (code) => {
      if (!isStill()) return;
      answerJoin(context, group, member, {
        memberId: '',
        generationId: group.generationId,
        protocolType: group.protocolType,
        protocolName: group.protocolName,
        leader: leaderBefore ?? '',
        errorCode: appendErrorOf(code),
      });
      context.deadlines.cancel(member.session);
      group.replace(member, replaced);
      keepSession(context, replaced);
    },
  });
}

/** A client that can't be told to skip its assignment is not told that it leads: so it will not assign. */
function replacementReply(
  group: ClassicGroup,
  member: ClassicMember,
  version: number,
  leaderBefore: string | null,
): Init<JoinGroupResponse> {
  const reply = generationOf(group, member.id);
  if (version >= skipAssignmentSince) return { ...reply, skipAssignment: group.leaderId === member.id };
  return { ...reply, leader: leaderBefore ?? '', members: [] };
}
