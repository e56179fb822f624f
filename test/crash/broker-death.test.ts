/** Brokers of a cluster of real processes die: others lead at once, long before any session could be over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DescribeTopicPartitionsResponse } from '#engine/protocol/generated/describe-topic-partitions-response.js';
import { eventually, leaderOf, type QuorumPlace, startQuorum } from '../support/quorum-processes.ts';
import { WireClient } from '../support/wire-client.ts';

/** Nobody's session is over before the test is. */
const longSessions = { 'broker.session.timeout.ms': '600000' };
const topic = 't';

async function ask<Res>({ port }: QuorumPlace, key: number, version: number, message: object): Promise<Res> {
  const client = await WireClient.connect(port);
  try {
    return (await client.call(key, version, message)) as Res;
  } finally {
    client.close();
  }
}

async function createTopic(place: QuorumPlace): Promise<void> {
  const topics = [{ name: topic, numPartitions: 3, replicationFactor: 3 }];
  await eventually('the topic', async () => {
    const request = { topics, timeoutMs: 5000 };
    const [made] = (await ask<CreateTopicsResponse>(place, apiKey.CreateTopics, 7, request)).topics;
    return made?.errorCode === 0 || made?.errorCode === 36 ? true : null;
  });
}

async function leaders(place: QuorumPlace): Promise<number[]> {
  const request = { topics: [{ name: topic }], responsePartitionLimit: 100, cursor: null };
  const answer = await ask<DescribeTopicPartitionsResponse>(place, apiKey.DescribeTopicPartitions, 0, request);
  return answer.topics[0]?.partitions.map(({ leaderId }) => leaderId) ?? [];
}

for (const role of ['a broker', 'the node of the active controller'] as const) {
  test(`kill -9 of ${role}: its leaderships move without waiting for its session`, async (t) => {
    const nodes = await startQuorum(t, 3, longSessions);
    const places = nodes.map(({ place }) => place);
    await createTopic(places[0]!);
    await eventually('a leadership everywhere', async () =>
      new Set(await leaders(places[0]!)).size === 3 ? true : null,
    );
    const { leaderId } = await leaderOf(places);
    const isVictim = ({ id }: QuorumPlace) => (role === 'a broker' ? id !== leaderId : id === leaderId);
    const victim = nodes.find(({ place }) => isVictim(place))!;
    const witness = places.find((place) => place !== victim.place && place.id !== leaderId)!;
    const atMs = performance.now();
    await victim.running.kill();
    const led = await eventually('other leaders', async () => {
      const now = await leaders(witness);
      return now.length === 3 && !now.includes(victim.place.id) && !now.includes(-1) ? now : null;
    });
    t.diagnostic(`others led ${Math.round(performance.now() - atMs)} ms after the kill`);
    assert.equal(led.length, 3);
    await victim.running.restart();
    await eventually('its successor is taken', async () => {
      const elected = { electionType: 0, topicPartitions: null, timeoutMs: 5000 };
      await ask(witness, apiKey.ElectLeaders, 2, elected);
      return (await leaders(witness)).includes(victim.place.id) ? true : null;
    });
  });
}
