import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import { duplicateDescriptor } from '#native/descriptors.ts';
import { batchOf, createTopic, fetchMessage, produce, recordsIn, versions } from '../support/client-calls.ts';
import { EmbeddedNode, holdings } from '../support/embedded-node.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';

const skip =
  duplicateDescriptor(0) === null ? 'descriptors.c was not compiled: connections stay where they are' : false;
const batches = 40;
const valueBytes = 100_000;
const topic = 'moving';

/** A record that says in every byte which one it is. */
function value(partition: number, number: number): Buffer {
  return Buffer.alloc(valueBytes, 1 + partition * batches + number);
}

async function started(t: { after(run: () => unknown): void }): Promise<EmbeddedNode> {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, topic, 2);
  const producer = await PipelinedClient.connect(node.port);
  for (let number = 0; number < batches; number++) {
    const all = [0, 1].map((partition) => ({ topic, partition, records: batchOf([value(partition, number)]) }));
    const { responses } = await produce(producer, all);
    for (const { errorCode } of responses[0]!.partitionResponses) assert.equal(errorCode, 0);
  }
  producer.close();
  await quiet(node);
  return node;
}

function quiet(node: EmbeddedNode): Promise<ReturnType<typeof holdings>> {
  return node.quietStats().then(holdings);
}

async function connectionsByShard(node: EmbeddedNode): Promise<number[]> {
  return (await node.quietStats()).map(({ connections }) => connections);
}

/** A consumer of one partition, from its first record to its last and again, in one incremental session. */
class Consumer {
  readonly client: PipelinedClient;
  sessionId = 0;
  private epoch = 0;
  private offset = 0;
  private readonly partition: number;

  private constructor(client: PipelinedClient, partition: number) {
    this.client = client;
    this.partition = partition;
  }

  static async connect(node: EmbeddedNode, partition: number): Promise<Consumer> {
    return new Consumer(await PipelinedClient.connect(node.port), partition);
  }

  async fetch(): Promise<void> {
    const message = fetchMessage(topic, new Map([[this.partition, this.offset]]));
    const inSession = { ...message, sessionId: this.sessionId, sessionEpoch: this.epoch };
    const answer = await this.client.call<FetchResponse>(1, versions.fetch, inSession);
    assert.equal(answer.errorCode, 0, 'the session is known wherever the connection is');
    this.sessionId = answer.sessionId;
    this.epoch += 1;
    const [found] = answer.responses[0]!.partitions;
    assert.equal(found!.errorCode, 0);
    const records = recordsIn(found!.records!);
    assert.ok(records.length > 0);
    records.forEach((record, at) => {
      assert.equal(record.offset, this.offset + at);
      assert.ok(record.value.equals(value(this.partition, record.offset)));
    });
    this.offset = (this.offset + records.length) % batches;
  }

  async fetchMuch(requests = 30): Promise<void> {
    for (let request = 0; request < requests; request++) await this.fetch();
  }
}

test('a connection goes to the shard that it fetches of, with its session and with what it sends meanwhile', {
  skip,
}, async (t) => {
  const node = await started(t);
  const before = await quiet(node);
  const places: number[][] = [];
  for (const partition of [0, 1, 0, 1, 0, 1]) {
    const consumer = await Consumer.connect(node, partition);
    await consumer.fetchMuch();
    const { sessionId } = consumer;
    places.push(await connectionsByShard(node));
    await consumer.fetchMuch();
    assert.equal(consumer.sessionId, sessionId);
    assert.deepEqual(await connectionsByShard(node), places.at(-1), 'it is where it should be');
    consumer.client.close();
    await sleep(50);
    assert.deepEqual(await quiet(node), before);
  }
  // Whichever shard the kernel dealt them to, each ended on its partition's.
  const first = places[0]!.indexOf(1);
  assert.deepEqual(
    places.map((counts) => counts.indexOf(1)),
    [first, 1 - first, first, 1 - first, first, 1 - first],
  );
});

test('of many that fetch of one shard half stay where they are', { skip }, async (t) => {
  const node = await started(t);
  const before = await quiet(node);
  const consumers = await Promise.all(Array.from({ length: 8 }, () => Consumer.connect(node, 0)));
  await Promise.all(consumers.map((consumer) => consumer.fetchMuch(60)));
  const counts = await connectionsByShard(node);
  assert.equal(counts[0]! + counts[1]!, 8);
  assert.ok(Math.abs(counts[0]! - counts[1]!) <= 2, `${counts}`);
  for (const { client } of consumers) client.close();
  await sleep(50);
  assert.deepEqual(await quiet(node), before);
});

test('connections that send all the time, and some that are reset, lose nothing while they move', {
  skip,
}, async (t) => {
  const node = await started(t);
  const before = await quiet(node);
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const consumer = await Consumer.connect(node, index % 2);
      for (let burst = 0; burst < 12; burst++) {
        // Another request is on its way while the fetch is answered, or comes right behind it.
        const versionsAsked = consumer.client.call(18, 0, {});
        await consumer.fetch();
        const [answer] = await Promise.all([consumer.client.call<{ errorCode: number }>(18, 0, {}), versionsAsked]);
        assert.equal(answer.errorCode, 0);
        await consumer.fetchMuch(3);
        if (index >= 8 && burst === 4 + (index % 4)) {
          const cut = consumer.fetch();
          consumer.client.socket.resetAndDestroy();
          await assert.rejects(cut);
          return;
        }
      }
      consumer.client.close();
    }),
  );
  await sleep(50);
  assert.deepEqual(await quiet(node), before);
  assert.equal(node.deaths(), 0);
});

test('a shard that dies takes its connections along, also those that came from another', { skip }, async (t) => {
  const node = await started(t);
  const consumers = await Promise.all([Consumer.connect(node, 0), Consumer.connect(node, 1)]);
  await Promise.all(consumers.map((consumer) => consumer.fetchMuch()));
  assert.deepEqual(await connectionsByShard(node), [1, 1]);
  node.inflict({ shard: 0, kind: 'throw' });
  await Promise.race(consumers.map(({ client }) => client.closed));
  const left = consumers.filter(({ client }) => !client.isClosed);
  assert.equal(left.length, 1);
  await left[0]!.fetch();
  left[0]!.client.close();
});
