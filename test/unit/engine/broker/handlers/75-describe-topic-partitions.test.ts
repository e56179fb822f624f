import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeTopicPartitionsResponse } from '#engine/protocol/generated/describe-topic-partitions-response.js';
import { brokerView, FakeBroker } from '../../../../support/fake-broker-services.ts';

type At = readonly [topicName: string, partitionIndex: number];

async function describe(broker: FakeBroker, names: readonly string[], limit: number, cursor?: At) {
  const request = {
    topics: names.map((name) => ({ name })),
    responsePartitionLimit: limit,
    cursor: cursor === undefined ? null : { topicName: cursor[0], partitionIndex: cursor[1] },
  };
  const answer = (await broker.call(apiKey.DescribeTopicPartitions, 0, request)) as DescribeTopicPartitionsResponse;
  const { nextCursor } = answer;
  return {
    answer,
    topics: answer.topics.map((one) => [
      one.name,
      one.errorCode === 0 ? one.partitions.map(({ partitionIndex }) => partitionIndex) : one.errorCode,
    ]),
    next: nextCursor === null ? null : [nextCursor.topicName, nextCursor.partitionIndex],
  };
}

function withTopics(properties: Record<string, string> = {}): FakeBroker {
  const broker = new FakeBroker({ properties });
  broker.addTopic('b', { partitions: 2 });
  broker.addTopic('a', { partitions: 3 });
  return broker;
}

test('all topics in the order of their names, in pages that fit the limit', async () => {
  const broker = withTopics();
  const all = await describe(broker, [], 2000);
  assert.deepEqual(all.topics, [
    ['a', [0, 1, 2]],
    ['b', [0, 1]],
  ]);
  assert.equal(all.next, null);
  const cut = await describe(broker, [], 2);
  assert.deepEqual([cut.topics, cut.next], [[['a', [0, 1]]], ['a', 2]]);
  const full = await describe(broker, [], 3);
  assert.deepEqual([full.topics, full.next], [[['a', [0, 1, 2]]], ['b', 0]]);
  const exact = await describe(broker, [], 5);
  assert.equal(exact.next, null);
  for (const limit of [0, -1]) {
    const least = await describe(broker, [], limit);
    assert.deepEqual([least.topics, least.next], [[['a', [0]]], ['a', 1]]);
  }
});

test('the broker has a limit of its own', async () => {
  const cut = await describe(withTopics({ 'max.request.partition.size.limit': '4' }), [], 2000);
  assert.deepEqual(cut.next, ['b', 1]);
});

test('a cursor goes on where it points, also behind a topic that is gone or has no more', async () => {
  const broker = withTopics();
  const rest = [['b', [0, 1]]];
  assert.deepEqual((await describe(broker, [], 3, ['a', 2])).topics, [['a', [2]], ...rest]);
  assert.deepEqual((await describe(broker, [], 3, ['a', 30])).topics, [['a', []], ...rest]);
  assert.deepEqual((await describe(broker, [], 3, ['aa', 1])).topics, rest);
  assert.deepEqual((await describe(broker, [], 3, ['zz', 1])).topics, []);
});

test('pages put together are everything, once', async () => {
  const broker = new FakeBroker();
  for (let i = 0; i < 40; i++) broker.addTopic(`t${(i * 7) % 40}`, { partitions: 1 + (i % 3) });
  for (const limit of [1, 2, 5, 7]) {
    const seen: string[] = [];
    let cursor: At | undefined;
    do {
      const { answer } = await describe(broker, [], limit, cursor);
      const page = answer.topics.flatMap(({ name, partitions }) =>
        partitions.map((p) => `${name}-${p.partitionIndex}`),
      );
      assert.ok(page.length >= 1 && page.length <= limit);
      seen.push(...page);
      cursor = answer.nextCursor === null ? undefined : [answer.nextCursor.topicName, answer.nextCursor.partitionIndex];
    } while (cursor !== undefined);
    assert.equal(seen.length, new Set(seen).size);
    assert.equal(seen.length, 79);
  }
});

test('names are sorted, each once; what is missing says so', async () => {
  const broker = withTopics();
  const { topics, answer } = await describe(broker, ['b', 'nope', 'a', 'b', 'bad name'], 20);
  assert.deepEqual(topics, [
    ['a', [0, 1, 2]],
    ['b', [0, 1]],
    ['bad name', errorCode.INVALID_TOPIC_EXCEPTION],
    ['nope', errorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ]);
  for (const { topicAuthorizedOperations } of answer.topics) assert.equal(topicAuthorizedOperations, 3576);
  assert.deepEqual((await describe(broker, ['b', 'c'], 2)).next, ['c', 0]);
});

test('cursors that do not fit the names, and empty names, fail every topic', async () => {
  const broker = withTopics();
  const refused = async (names: string[], cursor: At) => (await describe(broker, names, 3, cursor)).topics;
  for (const cursor of [
    ['a', 2],
    ['zz', 1],
    ['', 1],
    ['b', -1],
  ] as At[]) {
    assert.deepEqual(await refused(['b'], cursor), [['b', errorCode.INVALID_REQUEST]]);
  }
  assert.deepEqual(await refused([], ['a', -1]), []);
  const code = errorCode.UNKNOWN_SERVER_ERROR;
  assert.deepEqual((await describe(broker, ['b', ''], 3)).topics, [
    ['b', code],
    ['', code],
  ]);
});

test('replicas, eligible leaders and brokers that are down', async () => {
  const broker = new FakeBroker({ brokers: [brokerView(1), brokerView(2, { fenced: true })] });
  broker.addTopic('a', {
    state: { leader: 2, leaderEpoch: 4, replicas: [1, 2], isr: [2], elr: [1], lastKnownElr: [2] },
  });
  const { answer } = await describe(broker, ['a'], 9);
  const { unknownTaggedFields: _, ...partition } = answer.topics[0]!.partitions[0]!;
  assert.deepEqual(partition, {
    errorCode: errorCode.LEADER_NOT_AVAILABLE,
    partitionIndex: 0,
    leaderId: -1,
    leaderEpoch: 4,
    replicaNodes: [1, 2],
    isrNodes: [2],
    eligibleLeaderReplicas: [1],
    lastKnownElr: [2],
    offlineReplicas: [2],
  });
});
