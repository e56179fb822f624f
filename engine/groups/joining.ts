import { errorCode } from '../protocol/errors.ts';
import type { GroupCaller } from '../protocol/group-calls.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember, MemberProtocol } from './classic-member.ts';
import { answerJoin } from './rebalance.ts';
import type { GroupContext, Waiter } from './types.ts';

/** A JoinGroup request as the rest of the machine sees it. */
export interface Joining {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly protocolType: string;
  readonly protocols: readonly MemberProtocol[];
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly caller: GroupCaller;
  readonly waiter: Waiter;
}

/** What a member says now counts. Whoever waited in its name before is told to come again. */
export function updateMember(
  context: GroupContext,
  group: ClassicGroup,
  member: ClassicMember,
  joining: Joining,
): void {
  if (member.joining !== null) {
    const before = { memberId: member.id, errorCode: errorCode.REBALANCE_IN_PROGRESS, protocolName: null };
    answerJoin(context, group, member, before);
  }
  group.setProtocols(member, joining.protocols);
  member.rebalanceTimeoutMs = joining.rebalanceTimeoutMs;
  member.sessionTimeoutMs = joining.sessionTimeoutMs;
  group.setJoining(member, joining.waiter);
}
