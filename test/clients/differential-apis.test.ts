/**
 * The same requests to Apache Kafka and to a node of ours, both with the same topics and records: their answers agree in
 * every field, apart from ids, ports, paths, times and wording.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeProducersResponse } from '#engine/protocol/generated/describe-producers-response.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { ListOffsetsResponse } from '#engine/protocol/generated/list-offsets-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { comparable, type NodeFacts } from '../support/answer-differences.ts';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { testBatch } from '../support/log-fixture.ts';
import { startMillrace } from '../support/millrace.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';
import { changingCases, type DifferentialCase, differentialCases } from './differential-cases.ts';

/** Named in both configurations, so that they are neither's choice. */
const properties = {
  'auto.create.topics.enable': 'true',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.num.partitions': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
};

interface Node {
  readonly port: number;
  readonly facts: NodeFacts;
  readonly topicIds: ReadonlyMap<string, string>;
}

let apache: ApacheKafka | undefined;
let nodes: readonly [Node, Node] | undefined;
const cleanUps: (() => Promise<void>)[] = [];

before(async () => {
  if (!requireApacheKafka({ skip: () => {} })) return;
  const [theirs, ours] = await Promise.all([
    startApacheKafka({ properties }),
    startMillrace({ properties }, { after: (run) => cleanUps.push(run) }),
  ]);
  apache = theirs;
  nodes = [await populate(theirs.port, theirs.logDirectory), await populate(ours.port, ours.directory)];
});

after(async () => {
  await apache?.stop();
  for (const cleanUp of cleanUps) await cleanUp();
});

/** Topics a (3 partitions, records in 0 and 1) and b (2 partitions, compacted). */
async function populate(port: number, logDirectory: string): Promise<Node> {
  const client = await WireClient.connect(port);
  const topics = [
    { name: 'a', numPartitions: 3, replicationFactor: 1, configs: [{ name: 'retention.ms', value: '-1' }] },
    { name: 'b', numPartitions: 2, replicationFactor: 1, configs: [{ name: 'cleanup.policy', value: 'compact' }] },
  ];
  await client.call(apiKey.CreateTopics, 7, { topics, timeoutMs: 30_000 });
  const topicIds = await idsOf(client, ['a', 'b']);
  await untilServed(
    client,
    new Map([
      ['a', 3],
      ['b', 2],
    ]),
  );
  for (const [index, count] of [
    [0, 4],
    [0, 6],
    [1, 1],
  ] as const) {
    const records = testBatch({ count, timestampMs: index === 0 && count === 6 ? 1_004 : 1_000, timestampStepMs: 1 });
    const partitionData = [{ index, records }];
    const request = { acks: -1, timeoutMs: 10_000, topicData: [{ name: 'a', partitionData }] };
    const answer = (await client.call(apiKey.Produce, 9, request)) as ProduceResponse;
    assert.equal(answer.responses[0]!.partitionResponses[0]!.errorCode, 0);
  }
  client.close();
  const topicNames = new Map([...topicIds].map(([name, id]) => [id, `<id of ${name}>`]));
  return { port, topicIds, facts: { port, logDirectory, topicNames } };
}

/** A leader that is told of by metadata may not have begun yet: asks each partition until it answers. */
async function untilServed(client: WireClient, partitions: ReadonlyMap<string, number>): Promise<void> {
  const topics = [...partitions].map(([name, count]) => ({
    name,
    partitions: Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex, timestamp: -1n })),
  }));
  for (;;) {
    const answer = (await client.call(apiKey.ListOffsets, 7, { replicaId: -1, topics })) as ListOffsetsResponse;
    if (answer.topics.every((topic) => topic.partitions.every((one) => one.errorCode === 0))) return;
    await delay(50);
  }
}

/** Waits until the topics have leaders. */
async function idsOf(client: WireClient, names: readonly string[]): Promise<Map<string, string>> {
  for (;;) {
    const request = { topics: names.map((name) => ({ name })), allowAutoTopicCreation: false };
    const { topics } = (await client.call(apiKey.Metadata, 12, request)) as MetadataResponse;
    const led = topics.every(({ partitions }) => partitions.length > 0 && partitions.every((p) => p.errorCode === 0));
    if (led) return new Map(topics.map(({ name, topicId }) => [name ?? '', topicId]));
    await delay(50);
  }
}

async function answerOf(node: Node, { key, version, message }: DifferentialCase): Promise<unknown> {
  const client = await WireClient.connect(node.port);
  try {
    return comparable(await client.call(key, version, withIds(message, node.topicIds)), node.facts);
  } catch (error) {
    if (error instanceof ClosedByBroker) return 'closed';
    throw error;
  } finally {
    client.close();
  }
}

/** Puts the node's ids in the place of names. */
function withIds<T>(value: T, ids: ReadonlyMap<string, string>): T {
  if (Array.isArray(value)) return value.map((one) => withIds(one, ids)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const fields = Object.entries(value).map(([field, given]) => {
    const isId = field === 'topicId' && typeof given === 'string';
    return [field, isId ? (ids.get(given) ?? given) : withIds(given, ids)];
  });
  return Object.fromEntries(fields);
}

const byApi = Map.groupBy(differentialCases, ({ key }) => {
  const [name] = Object.entries(apiKey).find(([, value]) => value === key)!;
  return name;
});
byApi.set('What changes topics, in this order', [...changingCases]);

for (const [name, cases] of byApi) {
  test(`${name}: the same answers to ${cases.length} requests`, async (t) => {
    if (nodes === undefined) {
      requireApacheKafka(t);
      return;
    }
    const [theirs, ours] = nodes;
    for (const one of cases) {
      await t.test(one.label, async () => {
        const expected = await answerOf(theirs, one);
        assert.deepEqual(await answerOf(ours, one), expected);
      });
    }
  });
}

/** Steps of one fetch session; the id that the broker gave stands in for `<session>`. */
const sessionSteps: readonly { readonly version?: number; readonly sessionEpoch: number; readonly more?: object }[] = [
  { sessionEpoch: 0, more: { topics: [{ topic: 'b', partitions: [0, 1].map(fetched) }] } },
  { sessionEpoch: 2 },
  { sessionEpoch: 1 },
  { sessionEpoch: 2, more: { topics: [{ topic: 'nope', partitions: [fetched(0)] }] } },
  { sessionEpoch: 3 },
  { sessionEpoch: 4, more: { forgottenTopicsData: [{ topic: 'nope', partitions: [0] }] } },
  { version: 13, sessionEpoch: 5 },
  { sessionEpoch: 5 },
  { sessionEpoch: 6, more: { forgottenTopicsData: [{ topic: 'b', partitions: [0, 1] }] } },
  { sessionEpoch: 7 },
];

function fetched(partition: number) {
  return { partition, fetchOffset: 0n, partitionMaxBytes: 1000 };
}

async function sessionOf(node: Node): Promise<unknown[]> {
  const client = await WireClient.connect(node.port);
  const answers: unknown[] = [];
  let sessionId = 0;
  for (const { version = 12, sessionEpoch, more } of sessionSteps) {
    const request = { maxWaitMs: 0, minBytes: 0, topics: [], sessionId, sessionEpoch, ...more };
    const answer = (await client.call(apiKey.Fetch, version, request)) as FetchResponse;
    if (sessionId === 0) sessionId = answer.sessionId;
    answers.push(comparable(answer, node.facts));
  }
  client.close();
  return answers;
}

test('a fetch session goes the same way, step by step', async (t) => {
  if (nodes === undefined) {
    requireApacheKafka(t);
    return;
  }
  const [theirs, ours] = nodes;
  assert.deepEqual(await sessionOf(ours), await sessionOf(theirs));
});

/** Ids that are asked for one after the other, and what the partition knows of a producer with the first. */
async function producersOf(node: Node): Promise<unknown> {
  const client = await WireClient.connect(node.port);
  const ids: bigint[] = [];
  while (ids.length < 3) {
    const request = { transactionalId: null, transactionTimeoutMs: 0 };
    const answer = (await client.call(apiKey.InitProducerId, 5, request)) as InitProducerIdResponse;
    // Until it has its first block a broker may ask to come again.
    if (answer.errorCode === errorCode.COORDINATOR_LOAD_IN_PROGRESS) await delay(50);
    else {
      assert.deepEqual([answer.errorCode, answer.producerEpoch], [0, 0]);
      ids.push(answer.producerId);
    }
  }
  assert.equal(new Set(ids).size, ids.length);
  const results: unknown[] = [];
  for (const baseSequence of [0, 0, 1, 5]) {
    const records = testBatch({ producerId: ids[0]!, producerEpoch: 0, baseSequence, timestampMs: 3_000 });
    const topicData = [{ name: 'a', partitionData: [{ index: 2, records }] }];
    const answer = await client.call(apiKey.Produce, 9, { acks: -1, timeoutMs: 5000, topicData });
    results.push(comparable(answer, node.facts));
  }
  const asked = { topics: [{ name: 'a', partitionIndexes: [2] }] };
  const described = (await client.call(apiKey.DescribeProducers, 0, asked)) as DescribeProducersResponse;
  client.close();
  const [producer] = described.topics[0]!.partitions[0]!.activeProducers;
  assert.equal(producer!.producerId, ids[0]);
  return [results, comparable({ ...producer, producerId: 0n }, node.facts)];
}

test('idempotent producers: ids of their own, duplicates and gaps, what partitions know of them', async (t) => {
  if (nodes === undefined) {
    requireApacheKafka(t);
    return;
  }
  const [theirs, ours] = nodes;
  assert.deepEqual(await producersOf(ours), await producersOf(theirs));
});
