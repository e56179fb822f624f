/** Courses of requests about offsets and coordinators; see group-stories.ts. */
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { commitOf, deletion, type Listener, states } from '../support/group-listener.ts';
import { testBatch } from '../support/log-fixture.ts';

/** Offsets of a group without members, by every version of fetching. */
export async function offsetsOnly(node: Listener): Promise<void> {
  const group = 'simple';
  const asked = [
    { name: 'a', partitionIndexes: [0, 1, 99] },
    { name: 'never', partitionIndexes: [0] },
  ];
  const fetch = async (label: string): Promise<void> => {
    for (let version = 1; version <= 7; version++) {
      await node.say(`${label}, version ${version}`, apiKey.OffsetFetch, version, { groupId: group, topics: asked });
      if (version >= 2)
        await node.say(`${label}, all, version ${version}`, apiKey.OffsetFetch, version, {
          groupId: group,
          topics: null,
        });
    }
    for (const version of [8, 9]) {
      const groups = [
        { groupId: group, topics: asked },
        { groupId: group, topics: null },
        { groupId: 'never', topics: asked },
        { groupId: '', topics: null },
      ];
      await node.say(`${label}, version ${version}`, apiKey.OffsetFetch, version, { groups, requireStable: true });
    }
    const byId = [
      { topicId: node.topicId('a'), partitionIndexes: [0, 1, 99] },
      { topicId: node.topicId('never'), partitionIndexes: [0] },
    ];
    await node.say(`${label}, version 10`, apiKey.OffsetFetch, 10, {
      groups: [
        { groupId: group, topics: byId },
        { groupId: group, topics: null },
      ],
    });
    await node.say(`${label}, version 9 with a member`, apiKey.OffsetFetch, 9, {
      groups: [{ groupId: group, memberId: 'x', memberEpoch: 1, topics: asked }],
    });
  };
  await fetch('nothing committed');
  await node.say('commit by an instance', apiKey.OffsetCommit, 8, commitOf(group, { groupInstanceId: 'i' }));
  await node.say('commit by a member id', apiKey.OffsetCommit, 8, commitOf(group, { memberId: 'x' }));
  await node.say('commit', apiKey.OffsetCommit, 8, commitOf(group, {}));
  await node.say(
    'commit with a time to keep',
    apiKey.OffsetCommit,
    3,
    commitOf(group, { retentionTimeMs: 1_000_000n }),
  );
  await node.say('commit to the empty group id', apiKey.OffsetCommit, 8, commitOf('', {}));
  await fetch('committed');
  await states(node, group);
  await node.say('list', apiKey.ListGroups, 5, {});
  await node.say('list, version 0', apiKey.ListGroups, 0, {});
  await node.say('list of states', apiKey.ListGroups, 5, { statesFilter: ['EMPTY', 'nonsense'] });
  await node.say('list of other states', apiKey.ListGroups, 4, { statesFilter: ['Stable'] });
  await node.say('list of types', apiKey.ListGroups, 5, { typesFilter: ['CLASSIC'] });
  await node.say('list of other types', apiKey.ListGroups, 5, { typesFilter: ['consumer', 'nonsense'] });
  await node.say('offsets deleted', apiKey.OffsetDelete, 0, deletion(group, ['a']));
  for (const groupId of [group, '']) {
    await node.say('group deleted', apiKey.DeleteGroups, 2, { groupsNames: [groupId] });
  }
  await fetch('deleted');
}

/** Where the coordinator is, by every version and type. */
export async function coordinators(node: Listener): Promise<void> {
  for (let version = 0; version <= 3; version++) {
    await node.say(`version ${version}`, apiKey.FindCoordinator, version, {
      key: 'g',
      ...(version > 0 ? { keyType: 0 } : {}),
    });
  }
  for (let version = 4; version <= 6; version++) {
    await node.say(`version ${version}`, apiKey.FindCoordinator, version, { coordinatorKeys: ['g', 'h', 'g', ''] });
  }
  await node.say('share of version 5', apiKey.FindCoordinator, 5, { keyType: 2, coordinatorKeys: ['g'] });
  await node.say('share with a bad key', apiKey.FindCoordinator, 6, { keyType: 2, coordinatorKeys: ['g'] });
  await node.say('an unknown type', apiKey.FindCoordinator, 4, { keyType: 9, coordinatorKeys: ['g'] });
  await node.say('an unknown type, version 2', apiKey.FindCoordinator, 2, { keyType: 9, key: 'g' });
  const asked = { topics: [{ name: '__consumer_offsets' }], allowAutoTopicCreation: false };
  const { topics } = (await node.ask(apiKey.Metadata, 12, asked)) as MetadataResponse;
  node.name(topics[0]!.topicId, '<id of the topic>');
  await node.say('the topic', apiKey.Metadata, 12, asked);
  const records = testBatch({ count: 1, timestampMs: 1_000 });
  const topicData = [{ name: '__consumer_offsets', partitionData: [{ index: 0, records }] }];
  await node.say('a client writes to it', apiKey.Produce, 9, { acks: -1, timeoutMs: 5000, topicData });
}
