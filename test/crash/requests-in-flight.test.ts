import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import { duplicateDescriptor } from '#native/descriptors.ts';
import {
  batchOf,
  createTopic,
  fetch,
  fetchMessage,
  type PartitionBatch,
  produce,
  produceMessage,
  readAll,
  recordsIn,
  versions,
} from '../support/client-calls.ts';
import { EmbeddedNode, holdings } from '../support/embedded-node.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { skipForWant } from '../support/skip.ts';
import { ClosedByBroker } from '../support/wire-client.ts';

const partitions = 4;

/** A record that says whose it is, in every byte. */
function marked(client: number, number: number, bytes = 100): Buffer {
  const value = Buffer.alloc(bytes, client + 1);
  value.writeUInt32BE(number, 0);
  return value;
}

function isWhole(value: Buffer): boolean {
  return value.length > 4 && value.subarray(4).every((byte) => byte === value[4]);
}

test('16 connections with 2,000 one-record requests in flight each, over two shards', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'flood', partitions);
  const before = holdings(await node.quietStats());
  const clients = await Promise.all(Array.from({ length: 16 }, () => PipelinedClient.connect(node.port)));
  await Promise.all(
    clients.map((client, index) =>
      Promise.all(
        Array.from({ length: 2000 }, async (_, number) => {
          const batch = { topic: 'flood', partition: number % partitions, records: batchOf([marked(index, number)]) };
          const response = await produce(client, [batch]);
          assert.equal(response.responses[0]!.partitionResponses[0]!.errorCode, 0);
        }),
      ),
    ),
  );
  for (const client of clients) client.close();
  const seen = new Set<string>();
  for (let partition = 0; partition < partitions; partition++) {
    const lastOf = new Map<number, number>();
    for (const value of await readAll(node.port, 'flood', partition)) {
      assert.ok(isWhole(value), 'a record is as its client sent it');
      const number = value.readUInt32BE(0);
      const client = value[4]! - 1;
      assert.ok(number > (lastOf.get(client) ?? -1), 'records of a connection keep their order');
      lastOf.set(client, number);
      seen.add(`${client}/${number}`);
    }
  }
  assert.equal(seen.size, 16 * 2000);
  assert.deepEqual(holdings(await node.quietStats()), before);
});

test('one Produce and one Fetch that name 10,000 partitions', async (t) => {
  const node = await EmbeddedNode.start(t);
  // One request creates no more than this of a topic; the two together are 10,000.
  const count = 5000;
  for (const topic of ['wide-a', 'wide-b']) await createTopic(node.port, topic, count);
  const before = holdings(await node.quietStats());
  const client = await PipelinedClient.connect(node.port);
  const batches: PartitionBatch[] = ['wide-a', 'wide-b'].flatMap((topic) =>
    Array.from({ length: count }, (_, partition) => ({ topic, partition, records: batchOf([marked(7, partition)]) })),
  );
  const produced = await produce(client, batches);
  const answers = produced.responses.flatMap(({ partitionResponses }) => partitionResponses);
  assert.equal(answers.length, 2 * count);
  assert.deepEqual(
    answers.filter(({ errorCode, baseOffset }) => errorCode !== 0 || baseOffset !== 0n),
    [],
  );
  const all = new Map(Array.from({ length: count }, (_, partition) => [partition, 0]));
  const message = fetchMessage('wide-a', all, { maxWaitMs: 5000 }) as { topics: { topic: string }[] };
  message.topics.push({ ...message.topics[0]!, topic: 'wide-b' });
  const fetched = await client.call<FetchResponse>(1, versions.fetch, message);
  const found = fetched.responses.flatMap((topic) => topic.partitions);
  assert.equal(found.length, 2 * count);
  for (const { partitionIndex, records } of found) {
    const [record] = recordsIn(records ?? new Uint8Array(0));
    assert.equal(record?.value.readUInt32BE(0), partitionIndex);
  }
  client.close();
  assert.deepEqual(holdings(await node.quietStats()), before);
});

test('connections that are reset in the middle of produces, fetches and long polls leave nothing behind', async (t) => {
  const node = await EmbeddedNode.start(t);
  const source = new SeededRandom(20_261_122);
  const random = (): number => source.below(1000) / 1000;
  await createTopic(node.port, 'resets', partitions);
  const witness = await PipelinedClient.connect(node.port);
  for (let partition = 0; partition < partitions; partition++) {
    await produce(witness, [{ topic: 'resets', partition, records: batchOf([marked(99, partition)]) }]);
  }
  const before = holdings(await node.quietStats());
  const ends = new Map(Array.from({ length: partitions }, (_, partition) => [partition, 1_000_000]));
  for (let round = 0; round < 12; round++) {
    const clients = await Promise.all(Array.from({ length: 12 }, () => PipelinedClient.connect(node.port)));
    const outcomes = Promise.allSettled(clients.flatMap((client, index) => sendMany(client, index, node, ends)));
    const witnessed = produce(witness, [
      { topic: 'resets', partition: round % partitions, records: batchOf([marked(99, round)]) },
    ]);
    await sleep(Math.floor(random() * 40));
    for (const client of clients) {
      if (random() < 0.5) client.socket.resetAndDestroy();
      else client.close();
    }
    assert.equal((await witnessed).responses[0]!.partitionResponses[0]!.errorCode, 0);
    for (const outcome of await outcomes) {
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof ClosedByBroker, String(outcome.reason));
    }
  }
  assert.deepEqual(holdings(await node.quietStats()), before);
  for (let partition = 0; partition < partitions; partition++) {
    const values = await readAll(node.port, 'resets', partition);
    assert.ok(values.every(isWhole), 'every record is as its client sent it');
  }
  witness.close();
  assert.deepEqual(node.fatal, []);
});

/** Produces of several sizes, or fetches that find something, or one that waits for what never comes. */
function sendMany(
  client: PipelinedClient,
  index: number,
  node: EmbeddedNode,
  ends: ReadonlyMap<number, number>,
): Promise<unknown>[] {
  if (index % 3 === 2) {
    return [
      client.call(1, versions.fetch, fetchMessage('resets', startsOf(ends), { maxWaitMs: 60_000, minBytes: 1 << 30 })),
    ];
  }
  if (index % 3 === 1) {
    return Array.from({ length: 20 }, async () => {
      const fetched = await fetch(client, 'resets', startsOf(ends));
      for (const { records } of fetched.responses[0]!.partitions) {
        for (const { value } of recordsIn(records ?? new Uint8Array(0))) assert.ok(isWhole(value), String(node.port));
      }
    });
  }
  return Array.from({ length: 20 }, (_, number) => {
    const value = marked(index, number, 200 + number * 3000);
    const batches = [...ends.keys()].map((partition) => ({ topic: 'resets', partition, records: batchOf([value]) }));
    return client.call(0, versions.produce, produceMessage(batches, number % 2 === 0 ? -1 : 1));
  });
}

function startsOf(ends: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...ends.keys()].map((partition) => [partition, 0]));
}

test('connections are spread evenly over the shards, however the kernel deals them', async (t) => {
  if (duplicateDescriptor(0) === null) {
    skipForWant(t, 'a C compiler');
    return;
  }
  const node = await EmbeddedNode.start(t);
  for (let round = 0; round < 5; round++) {
    const clients = await Promise.all(Array.from({ length: 8 }, () => PipelinedClient.connect(node.port)));
    await Promise.all(clients.map((client) => client.call(apiKey.ApiVersions, 0, {})));
    const [first, second] = (await node.stats()).map(({ connections }) => connections);
    assert.equal(first! + second!, 8);
    // Some come while others are on their way from thread to thread.
    assert.ok(Math.abs(first! - second!) <= 2, `${first} and ${second}`);
    for (const client of clients) client.close();
    while ((await node.stats()).some(({ connections }) => connections > 0)) await sleep(20);
  }
});
