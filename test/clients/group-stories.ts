/** Courses of requests of groups, each told to a node from its beginning; what the node answers is what it tells. */
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { JoinGroupResponse } from '#engine/protocol/generated/join-group-response.js';
import { bytes, commitOf, deletion, type Joining, joining, type Listener, states } from '../support/group-listener.ts';
import { coordinators, offsetsOnly } from './group-offset-stories.ts';
import { full, instancesInRebalance, silence } from './group-rebalance-stories.ts';

/** A member that takes part by version 4 or later: it is given an id, and joins with it. */
async function join(node: Listener, name: string, groupId: string, more: Joining = {}): Promise<JoinGroupResponse> {
  const first = (await node.ask(apiKey.JoinGroup, 9, joining(groupId, more))) as JoinGroupResponse;
  node.name(first.memberId, `<${name}>`);
  node.keep(`${name} asks to join`, first);
  const second = await node.ask(apiKey.JoinGroup, 9, joining(groupId, { ...more, memberId: first.memberId }));
  node.keep(`${name} joins`, second);
  return second as JoinGroupResponse;
}

function syncing(groupId: string, generationId: number, memberId: string, assignments: object[] = []): object {
  return { groupId, generationId, memberId, protocolType: 'consumer', protocolName: 'range', assignments };
}

/** One member by itself: joins, syncs, commits, is described, leaves; with what is refused on the way. */
async function alone(node: Listener): Promise<void> {
  const group = 'alone';
  await strangers(node, group);
  await badBeginnings(node, group);
  const joined = await join(node, 'm', group);
  await assigned(node, group, joined);
  await served(node, group, joined);
  await left(node, group, joined);
}

/** What is refused while there is no group. */
async function strangers(node: Listener, group: string): Promise<void> {
  await states(node, group);
  await node.say('heartbeat of nobody', apiKey.Heartbeat, 4, { groupId: group, generationId: 1, memberId: 'x' });
  await node.say('sync of nobody', apiKey.SyncGroup, 5, syncing(group, 1, 'x'));
  for (const version of [2, 5]) {
    const leaving =
      version < 3 ? { memberId: 'x' } : { members: [{ memberId: 'x' }, { memberId: '', groupInstanceId: 'i' }] };
    await node.say(`leave of nobody, version ${version}`, apiKey.LeaveGroup, version, { groupId: group, ...leaving });
  }
  await node.say('join with an id of no group', apiKey.JoinGroup, 9, joining(group, { memberId: 'x' }));
  await node.say(
    'commit with a generation to no group',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: 3, memberId: 'x' }),
  );
  await node.say(
    'commit with a generation to no group, version 9',
    apiKey.OffsetCommit,
    9,
    commitOf(group, { generationIdOrMemberEpoch: 3, memberId: 'x' }),
  );
}

/** What a group can't begin with. */
async function badBeginnings(node: Listener, group: string): Promise<void> {
  await node.say('no protocols', apiKey.JoinGroup, 9, joining('alone-2', { protocols: [] }));
  await node.say('no protocol type', apiKey.JoinGroup, 9, joining('alone-2', { protocolType: '' }));
  await states(node, 'alone-2');
  await node.say('too short a session', apiKey.JoinGroup, 9, joining(group, { sessionTimeoutMs: 10 }));
  await node.say('too long a session', apiKey.JoinGroup, 9, joining(group, { sessionTimeoutMs: 10_000_000 }));
  await node.say('an empty group id', apiKey.JoinGroup, 9, joining(''));
  await node.say('an empty group id at sync', apiKey.SyncGroup, 5, syncing('', 1, 'x'));
  await node.say('an empty group id at heartbeat', apiKey.Heartbeat, 4, {
    groupId: '',
    generationId: 1,
    memberId: 'x',
  });
  await node.say('an empty group id at leave', apiKey.LeaveGroup, 5, { groupId: '', members: [{ memberId: 'x' }] });
}

/** From the first generation to its assignment. */
async function assigned(node: Listener, group: string, { memberId, generationId }: JoinGroupResponse): Promise<void> {
  await states(node, group);
  await node.say(
    'commit before the assignment',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: generationId, memberId }),
  );
  await node.say('heartbeat before the assignment', apiKey.Heartbeat, 4, { groupId: group, generationId, memberId });
  await node.say('joins again, the same', apiKey.JoinGroup, 9, joining(group, { memberId }));
  await node.say('sync of another generation', apiKey.SyncGroup, 5, syncing(group, generationId + 1, memberId));
  await node.say('sync of another protocol', apiKey.SyncGroup, 5, {
    ...syncing(group, generationId, memberId),
    protocolName: 'other',
  });
  await node.say('sync of another type', apiKey.SyncGroup, 5, {
    ...syncing(group, generationId, memberId),
    protocolType: 'other',
  });
  await node.say('sync without protocol', apiKey.SyncGroup, 5, {
    ...syncing(group, generationId, memberId),
    protocolName: null,
  });
  await node.say('sync of a stranger', apiKey.SyncGroup, 5, syncing(group, generationId, 'x'));
  await node.say(
    'sync',
    apiKey.SyncGroup,
    5,
    syncing(group, generationId, memberId, [{ memberId, assignment: bytes('mine') }]),
  );
  await node.say('sync again', apiKey.SyncGroup, 5, syncing(group, generationId, memberId));
  await node.say('sync again, version 4', apiKey.SyncGroup, 4, { groupId: group, generationId, memberId });
  await states(node, group);
}

/** A member of a stable group. */
async function served(node: Listener, group: string, { memberId, generationId }: JoinGroupResponse): Promise<void> {
  await node.say('heartbeat', apiKey.Heartbeat, 4, { groupId: group, generationId, memberId });
  await node.say('heartbeat of another generation', apiKey.Heartbeat, 4, { groupId: group, generationId: 9, memberId });
  await node.say('heartbeat of a stranger', apiKey.Heartbeat, 4, { groupId: group, generationId, memberId: 'x' });
  await node.say('heartbeat of an instance', apiKey.Heartbeat, 4, {
    groupId: group,
    generationId,
    memberId,
    groupInstanceId: 'i',
  });
  await node.say(
    'commit of a stranger',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: generationId, memberId: 'x' }),
  );
  await node.say(
    'commit of another generation',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: 9, memberId }),
  );
  await node.say('commit of no member', apiKey.OffsetCommit, 8, commitOf(group, {}));
  await node.say(
    'commit',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: generationId, memberId }),
  );
}

/** What is not possible with a member is without. */
async function left(node: Listener, group: string, { memberId, generationId }: JoinGroupResponse): Promise<void> {
  await node.say('another type joins', apiKey.JoinGroup, 9, joining(group, { protocolType: 'connect' }));
  await node.say(
    'another protocol joins',
    apiKey.JoinGroup,
    9,
    joining(group, { protocols: [{ name: 'x', metadata: bytes('') }] }),
  );
  await node.say('group deleted with a member', apiKey.DeleteGroups, 2, { groupsNames: [group, 'never', '', 'never'] });
  await node.say('offsets deleted of a subscribed topic', apiKey.OffsetDelete, 0, deletion(group, ['a', 'b', 'nope']));
  await node.say('offsets deleted of no group', apiKey.OffsetDelete, 0, deletion('never', ['a']));
  await node.say('offsets deleted of the empty group id', apiKey.OffsetDelete, 0, deletion('', ['a']));
  await node.say('leave by a stranger', apiKey.LeaveGroup, 5, { groupId: group, members: [{ memberId: 'x' }] });
  await node.say('leave', apiKey.LeaveGroup, 5, { groupId: group, members: [{ memberId, reason: 'tired' }] });
  await states(node, group);
  await node.say('heartbeat after leaving', apiKey.Heartbeat, 4, { groupId: group, generationId, memberId });
  await node.say('offsets deleted of an empty group', apiKey.OffsetDelete, 0, deletion(group, ['a', 'b', 'nope']));
  await node.say('list', apiKey.ListGroups, 5, {});
  await node.say('group deleted', apiKey.DeleteGroups, 2, { groupsNames: [group] });
  await states(node, group);
}

/** Two members: the second brings a rebalance, the leader gives out assignments, a change of metadata, and leaving. */
async function together(node: Listener): Promise<void> {
  const group = 'together';
  const one = await join(node, 'one', group);
  node.keep('one syncs', await node.ask(apiKey.SyncGroup, 5, syncing(group, one.generationId, one.memberId)));
  const first = (await node.ask(apiKey.JoinGroup, 9, joining(group))) as JoinGroupResponse;
  node.name(first.memberId, '<two>');
  node.keep('two asks to join', first);
  await node.say('heartbeat of one', apiKey.Heartbeat, 4, {
    groupId: group,
    generationId: one.generationId,
    memberId: one.memberId,
  });
  const waiting = node.ask(apiKey.JoinGroup, 9, joining(group, { memberId: first.memberId }));
  await heard(node, group, one);
  await states(node, group);
  await node.say(
    'commit during the rebalance',
    apiKey.OffsetCommit,
    8,
    commitOf(group, { generationIdOrMemberEpoch: one.generationId, memberId: one.memberId }),
  );
  await node.say('sync during the rebalance', apiKey.SyncGroup, 5, syncing(group, one.generationId, one.memberId));
  const again = await node.ask(apiKey.JoinGroup, 9, joining(group, { memberId: one.memberId }));
  node.keep('one joins again', again);
  const second = (await waiting) as JoinGroupResponse;
  node.keep('two joins', second);
  const { generationId } = second;
  const follower = node.ask(apiKey.SyncGroup, 5, syncing(group, generationId, second.memberId));
  const assignments = [
    { memberId: one.memberId, assignment: bytes('1') },
    { memberId: 'unknown', assignment: bytes('?') },
  ];
  node.keep(
    'the leader syncs',
    await node.ask(apiKey.SyncGroup, 5, syncing(group, generationId, one.memberId, assignments)),
  );
  node.keep('the follower syncs', await follower);
  await node.say('the follower joins, unchanged', apiKey.JoinGroup, 9, joining(group, { memberId: second.memberId }));
  for (const version of [0, 1, 2, 7, 8, 10])
    await committed(node, version, group, { generationId, memberId: second.memberId });
  await node.say('the leader leaves by version 2', apiKey.LeaveGroup, 2, { groupId: group, memberId: one.memberId });
  await node.say('heartbeat of two', apiKey.Heartbeat, 4, { groupId: group, generationId, memberId: second.memberId });
  const last = (await node.ask(
    apiKey.JoinGroup,
    9,
    joining(group, { memberId: second.memberId }),
  )) as JoinGroupResponse;
  node.keep('two joins and leads', last);
  node.keep(
    'two leaves',
    await node.ask(apiKey.LeaveGroup, 5, { groupId: group, members: [{ memberId: second.memberId }] }),
  );
  await states(node, group);
}

async function heard(node: Listener, groupId: string, { memberId, generationId }: JoinGroupResponse): Promise<void> {
  for (;;) {
    const beat = (await node.ask(apiKey.Heartbeat, 4, { groupId, generationId, memberId })) as { errorCode: number };
    if (beat.errorCode === errorCode.REBALANCE_IN_PROGRESS) return;
    await delay(20);
  }
}

async function committed(
  node: Listener,
  version: number,
  groupId: string,
  member: { generationId: number; memberId: string },
): Promise<void> {
  if (version < 2) return;
  const partitions = [
    {
      partitionIndex: 0,
      committedOffset: BigInt(version),
      committedMetadata: `v${version}`,
      ...(version >= 6 ? { committedLeaderEpoch: 2 } : {}),
    },
    { partitionIndex: 77, committedOffset: 1n, committedMetadata: null },
    { partitionIndex: 1, committedOffset: 1n, committedMetadata: 'x'.repeat(5000) },
  ];
  const topics =
    version >= 10
      ? [
          { topicId: node.topicId('a'), partitions },
          { topicId: node.topicId('never'), partitions },
        ]
      : [
          { name: 'a', partitions },
          { name: 'never', partitions },
          { name: 'bad name', partitions },
        ];
  const { generationId, memberId } = member;
  await node.say(`commit by version ${version}`, apiKey.OffsetCommit, version, {
    groupId,
    generationIdOrMemberEpoch: generationId,
    memberId,
    topics,
  });
}

/** Members with an instance id: replaced without a rebalance, fenced, removed by their instance. */
async function instances(node: Listener): Promise<void> {
  const group = 'instances';
  const one = (await node.ask(apiKey.JoinGroup, 9, joining(group, { groupInstanceId: 'i' }))) as JoinGroupResponse;
  node.name(one.memberId, '<one>');
  node.keep('an instance joins', one);
  node.keep(
    'it syncs',
    await node.ask(apiKey.SyncGroup, 5, {
      ...syncing(group, one.generationId, one.memberId, [{ memberId: one.memberId, assignment: bytes('1') }]),
      groupInstanceId: 'i',
    }),
  );
  await states(node, group);
  for (const version of [8, 9]) {
    const again = (await node.ask(
      apiKey.JoinGroup,
      version,
      joining(group, { groupInstanceId: 'i' }),
    )) as JoinGroupResponse;
    node.name(again.memberId, `<again by ${version}>`);
    node.keep(`the instance starts again by version ${version}`, again);
    const { generationId } = again;
    await node.say('it syncs', apiKey.SyncGroup, 5, {
      ...syncing(group, generationId, again.memberId),
      groupInstanceId: 'i',
    });
    const before = { groupId: group, generationId, memberId: one.memberId, groupInstanceId: 'i' };
    await node.say('its former self beats', apiKey.Heartbeat, 4, before);
    await node.say('its former self beats without the instance', apiKey.Heartbeat, 4, {
      ...before,
      groupInstanceId: null,
    });
    await node.say(
      'its former self joins',
      apiKey.JoinGroup,
      9,
      joining(group, { memberId: one.memberId, groupInstanceId: 'i' }),
    );
    await node.say('its former self syncs', apiKey.SyncGroup, 5, {
      ...syncing(group, generationId, one.memberId),
      groupInstanceId: 'i',
    });
    await node.say(
      'its former self commits',
      apiKey.OffsetCommit,
      8,
      commitOf(group, { generationIdOrMemberEpoch: generationId, memberId: one.memberId, groupInstanceId: 'i' }),
    );
    await node.say('its former self leaves', apiKey.LeaveGroup, 5, {
      groupId: group,
      members: [{ memberId: one.memberId, groupInstanceId: 'i' }],
    });
  }
  await node.say(
    'an unknown instance joins with an id',
    apiKey.JoinGroup,
    9,
    joining(group, { memberId: 'x', groupInstanceId: 'j' }),
  );
  await node.say('an unknown instance leaves', apiKey.LeaveGroup, 5, {
    groupId: group,
    members: [{ memberId: '', groupInstanceId: 'j' }],
  });
  await node.say('the instance is put out', apiKey.LeaveGroup, 5, {
    groupId: group,
    members: [{ memberId: '', groupInstanceId: 'i' }],
  });
  await states(node, group);
}

/** Old versions, in which a member has no id before it joins. */
async function old(node: Listener): Promise<void> {
  for (const version of [0, 1, 2, 3]) {
    const group = `old-${version}`;
    const message = joining(group) as Record<string, unknown>;
    if (version === 0) delete message.rebalanceTimeoutMs;
    const joined = (await node.ask(apiKey.JoinGroup, version, message)) as JoinGroupResponse;
    node.name(joined.memberId, `<m${version}>`);
    node.keep(`joins by version ${version}`, joined);
    const { memberId, generationId } = joined;
    const assignments = [{ memberId, assignment: bytes('1') }];
    await node.say('syncs', apiKey.SyncGroup, Math.min(version, 2), {
      groupId: group,
      generationId,
      memberId,
      assignments,
    });
    await node.say('beats', apiKey.Heartbeat, Math.min(version, 2), { groupId: group, generationId, memberId });
    await node.say('leaves', apiKey.LeaveGroup, Math.min(version, 2), { groupId: group, memberId });
  }
}

export const groupStories: Readonly<Record<string, (node: Listener) => Promise<void>>> = {
  'where coordinators are': coordinators,
  'a member by itself': alone,
  'two members': together,
  'members with instance ids': instances,
  'a group of offsets': offsetsOnly,
  'old versions': old,
  'a full group': full,
  'instances in the middle of rebalances': instancesInRebalance,
  'members of whom nothing is heard': silence,
};
