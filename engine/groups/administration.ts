import { errorCode } from '../protocol/errors.ts';
import type { DeletableGroupResult } from '../protocol/generated/delete-groups-response.js';
import type { DescribedGroup, DescribedGroupMember } from '../protocol/generated/describe-groups-response.js';
import { emptyBytes, type Init } from '../protocol/types.ts';
import { appendErrorOf } from './append-errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';
import { removePendingJoin } from './rebalance.ts';
import { appendInBatches, offsetTombstones } from './tombstones.ts';
import type { GroupContext, Waiter } from './types.ts';

const classicType = 'classic';

/** A group that is not there is described as dead, with GROUP_ID_NOT_FOUND for those who know of that. */
export function describeGroups(context: GroupContext, groupIds: readonly string[], waiter: Waiter): void {
  const described = groupIds.map((groupId): Init<DescribedGroup> => {
    const group = context.groups.get(groupId);
    if (group === undefined || group.state === 'Dead') {
      return { groupId, groupState: 'Dead', errorCode: errorCode.GROUP_ID_NOT_FOUND };
    }
    return describe(group);
  });
  context.answer(waiter, 'describeGroups', described);
}

function describe(group: ClassicGroup): Init<DescribedGroup> {
  const protocol = group.state === 'Stable' ? group.protocolName : null;
  return {
    groupId: group.id,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: protocol ?? '',
    members: [...group.members.values()].map((member) => describeMember(member, protocol)),
  };
}

/** What members subscribe to is told when it is settled which protocol counts. */
function describeMember(member: ClassicMember, protocol: string | null): Init<DescribedGroupMember> {
  const { instanceId, clientId, clientHost } = member.membership;
  return {
    memberId: member.id,
    groupInstanceId: instanceId,
    clientId,
    clientHost,
    memberMetadata: member.metadataOf(protocol) ?? emptyBytes,
    memberAssignment: member.assignment,
  };
}

export function listGroups(
  context: GroupContext,
  statesFilter: readonly string[],
  typesFilter: readonly string[],
  waiter: Waiter,
): void {
  const isWanted = (filter: readonly string[], value: string): boolean =>
    filter.length === 0 || filter.some((one) => one.toLowerCase() === value.toLowerCase());
  const listed = [];
  for (const group of context.groups.values()) {
    if (group.state === 'Dead' || !isWanted(statesFilter, group.state) || !isWanted(typesFilter, classicType)) continue;
    const protocolType = group.protocolType ?? '';
    listed.push({ groupId: group.id, protocolType, groupState: group.state, groupType: classicType });
  }
  context.answer(waiter, 'listGroups', listed);
}

/** Deletes groups without members, and all of their offsets. */
export function deleteGroups(context: GroupContext, groupIds: readonly string[], waiter: Waiter): void {
  const results: Init<DeletableGroupResult>[] = [];
  let left = 1;
  const one = (): void => {
    left -= 1;
    if (left === 0) context.answer(waiter, 'deleteGroups', results);
  };
  for (const groupId of new Set(groupIds)) {
    const group = context.groups.get(groupId);
    const refused = deletionRefusal(group);
    if (group === undefined || refused !== 0) {
      results.push({ groupId, errorCode: refused });
      continue;
    }
    left += 1;
    deleteGroup(context, group, (code) => {
      results.push({ groupId, errorCode: code });
      one();
    });
  }
  one();
}

function deletionRefusal(group: ClassicGroup | undefined): number {
  if (group === undefined || group.state === 'Dead') return errorCode.GROUP_ID_NOT_FOUND;
  return group.state === 'Empty' ? 0 : errorCode.NON_EMPTY_GROUP;
}

/** The group is dead from now on; replaying its tombstone takes it away. Where that can't be written it lives on. */
export function deleteGroup(context: GroupContext, group: ClassicGroup, done: (code: number) => void): void {
  const { stateTimestampMs } = group;
  for (const id of [...group.pendingJoins.keys()]) removePendingJoin(context, group, id);
  group.state = 'Dead';
  const records = offsetTombstones(context, group.id);
  appendInBatches(context, [...records, { kind: 'group', groupId: group.id, value: null }], {
    committed: () => done(0),
    failed: (code) => {
      group.state = 'Empty';
      group.stateTimestampMs = stateTimestampMs;
      done(appendErrorOf(code));
    },
  });
}
