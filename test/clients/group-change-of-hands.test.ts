/** Groups go with the data directory: from Apache Kafka to a node of ours, over a kill, and back. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeGroupsResponse } from '#engine/protocol/generated/describe-groups-response.js';
import type { HeartbeatResponse } from '#engine/protocol/generated/heartbeat-response.js';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { JoinGroupResponse } from '#engine/protocol/generated/join-group-response.js';
import type { OffsetFetchResponse } from '#engine/protocol/generated/offset-fetch-response.js';
import type { SyncGroupResponse } from '#engine/protocol/generated/sync-group-response.js';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { awaitCoordinator, bytes, joining, Listener } from '../support/group-listener.ts';
import { startMillrace } from '../support/millrace.ts';
import { tempDirFor } from '../support/temp-dir.ts';

/** Compressed, so that reading that is seen too. */
const properties = {
  'offsets.topic.num.partitions': '3',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.compression.codec': '4',
  'group.initial.rebalance.delay.ms': '0',
};

interface Failing {
  readonly errorCode: number;
}

/** Asks until a coordinator that is only beginning has begun. */
async function settled<T extends object>(node: Listener, key: number, version: number, message: object): Promise<T> {
  const passing: number[] = [
    errorCode.COORDINATOR_NOT_AVAILABLE,
    errorCode.COORDINATOR_LOAD_IN_PROGRESS,
    errorCode.NOT_COORDINATOR,
    errorCode.CONCURRENT_TRANSACTIONS,
  ];
  for (;;) {
    const answer = (await node.ask(key, version, message)) as T;
    if (!passing.includes((answer as Partial<Failing>).errorCode ?? 0)) return answer;
    await delay(50);
  }
}

const topicsOf = (partition: number, offset: bigint) => [
  {
    name: 'a',
    partitions: [{ partitionIndex: partition, committedOffset: offset, committedMetadata: `of ${offset}` }],
  },
];

/** Commits an offset in a transaction, and ends that, or leaves it open. */
async function transact(node: Listener, id: string, partition: number, offset: bigint, end: boolean | 'open') {
  const groupId = 'transacted';
  const request = { transactionalId: id, transactionTimeoutMs: 600_000 };
  const { producerId, producerEpoch } = await settled<InitProducerIdResponse>(node, apiKey.InitProducerId, 4, request);
  const producer = { transactionalId: id, producerId, producerEpoch };
  const ok = (answer: Failing): void => assert.equal(answer.errorCode, 0);
  ok(await settled<Failing>(node, apiKey.AddOffsetsToTxn, 3, { ...producer, groupId }));
  await node.ask(apiKey.TxnOffsetCommit, 3, { ...producer, groupId, topics: topicsOf(partition, offset) });
  if (end !== 'open') ok(await settled<Failing>(node, apiKey.EndTxn, 3, { ...producer, committed: end }));
}

/** Offsets of every group, until none of the partitions is being loaded. */
async function offsetsOf(node: Listener): Promise<Record<string, string[]>> {
  for (;;) {
    const asked = ['plain', 'members', 'transacted', 'ours'].map((groupId) => ({ groupId, topics: null }));
    const { groups } = (await node.ask(apiKey.OffsetFetch, 8, { groups: asked })) as OffsetFetchResponse;
    if (groups.every((group) => group.errorCode === 0)) {
      const told = groups.map(({ groupId, topics }): [string, string[]] => {
        const partitions = topics.flatMap((topic) => topic.partitions);
        const texts = partitions.map((one) => `${one.partitionIndex}=${one.committedOffset} ${one.metadata}`);
        return [groupId, texts.sort()];
      });
      return Object.fromEntries(told);
    }
    await delay(50);
  }
}

async function joinAsStatic(node: Listener): Promise<JoinGroupResponse> {
  const more = { groupInstanceId: 'i', sessionTimeoutMs: 600_000 };
  const joined = await settled<JoinGroupResponse>(node, apiKey.JoinGroup, 9, joining('members', more));
  assert.equal(joined.errorCode, 0);
  const { memberId, generationId } = joined;
  const synced = { groupId: 'members', memberId, generationId, groupInstanceId: 'i' };
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  const assignments = [{ memberId, assignment: bytes('everything') }];
  await node.ask(apiKey.SyncGroup, 5, { ...synced, ...protocol, assignments });
  const commit = { groupId: 'members', memberId, groupInstanceId: 'i', generationIdOrMemberEpoch: generationId };
  await node.ask(apiKey.OffsetCommit, 8, { ...commit, topics: topicsOf(0, 11n) });
  return joined;
}

/** The member goes on as if nothing had been. */
async function isStillMember(node: Listener, { memberId, generationId }: JoinGroupResponse): Promise<void> {
  const member = { groupId: 'members', memberId, generationId, groupInstanceId: 'i' };
  const beat = await settled<HeartbeatResponse>(node, apiKey.Heartbeat, 4, member);
  assert.equal(beat.errorCode, 0);
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  const synced = await settled<SyncGroupResponse>(node, apiKey.SyncGroup, 5, { ...member, ...protocol });
  assert.deepEqual([synced.errorCode, Buffer.from(synced.assignment).toString()], [0, 'everything']);
  const { groups } = (await node.ask(apiKey.DescribeGroups, 5, { groups: ['members'] })) as DescribeGroupsResponse;
  assert.deepEqual([groups[0]!.groupState, groups[0]!.members.length], ['Stable', 1]);
}

test('groups, offsets and transactions of offsets go from Apache Kafka to us, over a kill, and back', async (t) => {
  if (!requireApacheKafka(t)) return;
  const logDirectory = join(tempDirFor(t), 'data');
  const listen = (port: number): Listener => {
    const listener = new Listener(port, new Map());
    t.after(() => listener.close());
    return listener;
  };
  const apache = await startApacheKafka({ logDirectory, properties });
  t.after(() => apache.kill());
  const theirs = listen(apache.port);
  const topics = [{ name: 'a', numPartitions: 6, replicationFactor: 1 }];
  await theirs.ask(apiKey.CreateTopics, 7, { topics, timeoutMs: 30_000 });
  await awaitCoordinator(theirs);
  await theirs.ask(apiKey.FindCoordinator, 4, { keyType: 1, coordinatorKeys: ['x'] });
  await theirs.ask(apiKey.OffsetCommit, 8, { groupId: 'plain', topics: topicsOf(2, 5n) });
  const member = await joinAsStatic(theirs);
  await transact(theirs, 'committed', 0, 77n, true);
  await transact(theirs, 'aborted', 1, 99n, false);
  await transact(theirs, 'open', 2, 55n, 'open');
  const expected = { plain: ['2=5 of 5'], members: ['0=11 of 11'], transacted: ['0=77 of 77'], ours: [] as string[] };
  assert.deepEqual(await offsetsOf(theirs), expected);
  await apache.stop();

  const node = await startMillrace({ directory: logDirectory, properties }, t);
  const ours = listen(node.port);
  assert.deepEqual(await offsetsOf(ours), expected);
  await isStillMember(ours, member);
  const stable = { groups: [{ groupId: 'transacted', topics: [{ name: 'a', partitionIndexes: [0, 2] }] }] };
  const fetched = (await ours.ask(apiKey.OffsetFetch, 8, { ...stable, requireStable: true })) as OffsetFetchResponse;
  const codes = fetched.groups[0]!.topics[0]!.partitions.map((one) => one.errorCode);
  assert.deepEqual(codes, [0, errorCode.UNSTABLE_OFFSET_COMMIT]);
  await ours.ask(apiKey.OffsetCommit, 10, {
    groupId: 'ours',
    topics: [{ topicId: await idOf(ours), partitions: topicsOf(3, 8n)[0]!.partitions }],
  });
  const later = { ...expected, ours: ['3=8 of 8'] };
  assert.deepEqual(await offsetsOf(ours), later);
  await node.kill();
  await node.restart();
  const again = listen(node.port);
  assert.deepEqual(await offsetsOf(again), later);
  await isStillMember(again, member);
  await node.stop();

  const back = await startApacheKafka({ logDirectory, format: false, properties });
  t.after(() => back.kill());
  const last = listen(back.port);
  assert.deepEqual(await offsetsOf(last), later);
  await isStillMember(last, member);
  await back.stop();
});

async function idOf(node: Listener): Promise<string> {
  const asked = { topics: [{ name: 'a' }], allowAutoTopicCreation: false };
  const { topics } = (await node.ask(apiKey.Metadata, 12, asked)) as { topics: { topicId: string }[] };
  return topics[0]!.topicId;
}
