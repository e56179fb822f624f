/** Courses of requests in the middle of rebalances; see group-stories.ts. */
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeGroupsResponse } from '#engine/protocol/generated/describe-groups-response.js';
import type { HeartbeatResponse } from '#engine/protocol/generated/heartbeat-response.js';
import type { JoinGroupResponse } from '#engine/protocol/generated/join-group-response.js';
import {
  bytes,
  commitOf,
  type Joining,
  joining,
  type Listener,
  states,
  subscription,
} from '../support/group-listener.ts';

const protocols = (...names: string[]) => names.map((name) => ({ name, metadata: subscription(['a']) }));

/** A member that joins by version 3, without an id before; its answer comes when the group has a generation. */
async function joinOld(node: Listener, name: string, groupId: string, more: Joining = {}): Promise<JoinGroupResponse> {
  const { groupInstanceId, ...rest } = joining(groupId, more) as Joining & Record<string, unknown>;
  const version = groupInstanceId === undefined ? 3 : 5;
  const joined = (await node.ask(apiKey.JoinGroup, version, {
    ...rest,
    ...(version === 5 ? { groupInstanceId } : {}),
  })) as JoinGroupResponse;
  node.name(joined.memberId, `<${name}>`);
  return joined;
}

/** Waits until the group is being rebalanced, as one of its members is told. */
async function untilRebalance(
  node: Listener,
  groupId: string,
  { memberId, generationId }: JoinGroupResponse,
): Promise<void> {
  for (;;) {
    const beat = (await node.ask(apiKey.Heartbeat, 4, { groupId, generationId, memberId })) as HeartbeatResponse;
    if (beat.errorCode === errorCode.REBALANCE_IN_PROGRESS) return;
    await delay(10);
  }
}

async function untilMembers(node: Listener, groupId: string, count: number): Promise<void> {
  for (;;) {
    const { groups } = (await node.ask(apiKey.DescribeGroups, 5, { groups: [groupId] })) as DescribeGroupsResponse;
    if (groups[0]!.members.length === count) return;
    await delay(10);
  }
}

function syncing(
  groupId: string,
  { memberId, generationId }: JoinGroupResponse,
  members: readonly string[] = [],
): object {
  const assignments = members.map((id, index) => ({ memberId: id, assignment: bytes(String(index)) }));
  return { groupId, generationId, memberId, assignments };
}

/** A group of one that is stable. */
async function stable(node: Listener, groupId: string, more: Joining = {}): Promise<JoinGroupResponse> {
  const one = await joinOld(node, 'one', groupId, more);
  node.keep('one joins', one);
  await node.say('one syncs', apiKey.SyncGroup, 2, syncing(groupId, one, [one.memberId]));
  return one;
}

/** Two of a full group's three are there, then three; what the fourth is told, by old and new versions. */
export async function full(node: Listener): Promise<void> {
  const group = 'full';
  const one = await stable(node, group);
  const others = [joinOld(node, 'two', group), joinOld(node, 'three', group)];
  await untilRebalance(node, group, one);
  // Both have to be there before the first joins again.
  await untilMembers(node, group, 3);
  const again = (await node.ask(
    apiKey.JoinGroup,
    3,
    without(joining(group, { memberId: one.memberId })),
  )) as JoinGroupResponse;
  const [two, three] = await Promise.all(others);
  node.keep('one joins again', { ...again, members: again.members.length });
  node.keep('two joins', { ...two!, members: [] });
  await node.say('the fourth, version 9', apiKey.JoinGroup, 9, joining(group));
  await node.say('the fourth, version 3', apiKey.JoinGroup, 3, without(joining(group)));
  await node.say('the fourth, an instance', apiKey.JoinGroup, 5, joining(group, { groupInstanceId: 'i' }));
  const ids = [one, two!, three!].map(({ memberId }) => memberId);
  await node.say('one syncs', apiKey.SyncGroup, 2, syncing(group, again, ids));
  await node.say('the fourth of a stable group', apiKey.JoinGroup, 9, joining(group));
  for (const memberId of ids.slice(1)) await node.say('leaves', apiKey.LeaveGroup, 2, { groupId: group, memberId });
  await node.say('one leaves', apiKey.LeaveGroup, 2, { groupId: group, memberId: one.memberId });
  await states(node, group);
}

function without(message: object): object {
  const { groupInstanceId: _, ...rest } = message as { groupInstanceId?: unknown };
  return rest;
}

/** An instance starts anew while the others join, while they wait for assignments, and with other protocols. */
export async function instancesInRebalance(node: Listener): Promise<void> {
  const group = 'rebalanced';
  const more = { groupInstanceId: 'i', protocols: protocols('range', 'sticky') };
  const one = await stable(node, group, more);
  const two = joinOld(node, 'two', group, { protocols: protocols('sticky') });
  await untilRebalance(node, group, { ...one, memberId: one.memberId });
  const anew = await joinOld(node, 'anew', group, more);
  const second = await two;
  node.keep('the instance starts anew while two joins', { ...anew, members: anew.members.length, leader: '' });
  node.keep('two joins', { ...second, members: second.members.length, leader: '' });
  await node.say('its former self beats', apiKey.Heartbeat, 4, {
    groupId: group,
    generationId: one.generationId,
    memberId: one.memberId,
    groupInstanceId: 'i',
  });
  const waits = node.ask(apiKey.SyncGroup, 2, syncing(group, second));
  const isLeader = second.leader === second.memberId;
  const third = joinOld(node, 'third', group, more);
  const told = (await waits) as { errorCode: number };
  // Whoever leads has its assignment at once; the other is told of the rebalance.
  if (!isLeader) node.keep('two waits for its assignment', told);
  await untilRebalance(node, group, second);
  const rejoined = (await node.ask(
    apiKey.JoinGroup,
    3,
    without(joining(group, { memberId: second.memberId, protocols: protocols('sticky') })),
  )) as JoinGroupResponse;
  const last = await third;
  node.keep('the instance starts anew while two waits', { ...last, members: last.members.length, leader: '' });
  node.keep('two joins again', { ...rejoined, members: rejoined.members.length, leader: '' });
  for (const memberId of [last.memberId, second.memberId]) {
    await node.say('leaves', apiKey.LeaveGroup, 2, { groupId: group, memberId });
  }
  await states(node, group);
}

/** Members of whom nothing is heard are put out: in a stable group, before they join, and before they sync. */
export async function silence(node: Listener): Promise<void> {
  const group = 'silent';
  // Long enough for what is asked before they are over, also of a node that gets little of its machine.
  const short = { sessionTimeoutMs: 4000, rebalanceTimeoutMs: 4000 };
  const one = await stable(node, group, short);
  const beat = { groupId: group, generationId: one.generationId, memberId: one.memberId };
  await untilCode(node, beat, errorCode.UNKNOWN_MEMBER_ID);
  await states(node, group);
  await node.say(
    'commit by one that was put out',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: one.generationId, memberId: one.memberId }),
  );
  await node.say('sync by one that was put out', apiKey.SyncGroup, 2, syncing(group, one));
  const asked = (await node.ask(apiKey.JoinGroup, 9, joining(group, short))) as JoinGroupResponse;
  await delay(silentMs);
  await node.say(
    'an id that was given out long ago',
    apiKey.JoinGroup,
    9,
    joining(group, { memberId: node.name(asked.memberId, '<late>') }),
  );
  const two = await joinOld(node, 'two', group, { ...short, sessionTimeoutMs: 60_000 });
  node.keep('two joins', two);
  await untilCode(
    node,
    { groupId: group, generationId: two.generationId, memberId: two.memberId },
    errorCode.UNKNOWN_MEMBER_ID,
  );
  await states(node, group);
}

/** Longer than the sessions here. */
const silentMs = 5000;

async function untilCode(node: Listener, beat: object, code: number): Promise<void> {
  // Not so often that it would keep the session.
  for (;;) {
    await delay(silentMs);
    const answer = (await node.ask(apiKey.Heartbeat, 4, beat)) as HeartbeatResponse;
    if (answer.errorCode === code) return;
  }
}
