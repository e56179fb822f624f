import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  batchOf,
  createTopic,
  fetchMessage,
  produce,
  produceMessage,
  readAll,
  versions,
} from '../support/client-calls.ts';
import { EmbeddedNode, holdings } from '../support/embedded-node.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';
import { until } from '../support/until.ts';

const apiVersions = { key: 18, version: 3 } as const;
const incrementalAlterConfigs = { key: 44, version: 1 } as const;
const brokerResource = 4;

test('max.connections and max.connections.per.ip, and their change without a restart', async (t) => {
  const node = await EmbeddedNode.start(t, { properties: { 'max.connections': '5' } });
  const clients = await connected(node, 5);
  assert.equal(await refused(node), true);
  clients[0]!.close();
  await until(() => node.node.counters().openConnections === 4);
  const again = await connected(node, 1);
  await alter(again[0]!, { 'max.connections': '1000', 'max.connections.per.ip': '6' });
  await until(async () => !(await refused(node)));
  const sixth = await connected(node, 1);
  assert.equal(await refused(node), true);
  await alter(again[0]!, { 'max.connections.per.ip.overrides': '127.0.0.1:7' });
  await until(async () => !(await refused(node)));
  for (const client of [...clients, ...again, ...sixth]) client.close();
  await until(() => node.node.counters().openConnections === 0);
});

test('frames of a negative or huge size, or over socket.request.max.bytes, close their connection', async (t) => {
  const node = await EmbeddedNode.start(t, { properties: { 'socket.request.max.bytes': '100000' } });
  const before = holdings(await node.quietStats());
  for (const size of [-1, -(2 ** 31), 2 ** 31 - 1, 100_001]) {
    const client = await PipelinedClient.connect(node.port);
    const head = Buffer.alloc(4);
    head.writeInt32BE(size);
    client.socket.write(head);
    await client.closed;
  }
  const [client] = await connected(node, 1);
  client!.close();
  assert.deepEqual(holdings(await node.quietStats()), before);
});

test('connections on which nothing moves are closed, and those that wait for an answer are not', async (t) => {
  const node = await EmbeddedNode.start(t, { properties: { 'connections.max.idle.ms': '1000' } });
  await createTopic(node.port, 'quiet', 1);
  const polling = await PipelinedClient.connect(node.port);
  const polled = polling.call(1, versions.fetch, fetchMessage('quiet', new Map([[0, 0]]), { maxWaitMs: 4000 }));
  const idle = await PipelinedClient.connect(node.port);
  await idle.closed;
  await polled;
  polling.close();
});

test('with queued.max.requests under way the others wait, and all are answered', async (t) => {
  const node = await EmbeddedNode.start(t, { properties: { 'queued.max.requests': '4' } });
  await createTopic(node.port, 'queued', 2);
  const before = holdings(await node.quietStats());
  const clients = await Promise.all(Array.from({ length: 6 }, () => PipelinedClient.connect(node.port)));
  let most = 0;
  const answered = Promise.all(
    clients.flatMap((client, index) =>
      Array.from({ length: 300 }, (_, number) =>
        produce(client, [
          { topic: 'queued', partition: number % 2, records: batchOf([Buffer.from(`${index}/${number}`)]) },
        ]),
      ),
    ),
  );
  let isDone = false;
  answered.then(() => {
    isDone = true;
  });
  while (!isDone) {
    for (const { requestsUnderWay } of await node.stats()) most = Math.max(most, requestsUnderWay);
    await sleep(1);
  }
  await answered;
  assert.ok(most <= 2, `${most} were under way`);
  const values = [...(await readAll(node.port, 'queued', 0)), ...(await readAll(node.port, 'queued', 1))];
  assert.equal(new Set(values.map(String)).size, 6 * 300);
  for (const client of clients) client.close();
  assert.deepEqual(holdings(await node.quietStats()), before);
});

test('a long poll neither counts among the requests under way nor waits for them', async (t) => {
  const node = await EmbeddedNode.start(t, { properties: { 'queued.max.requests': '2', 'num.io.threads': '1' } });
  await createTopic(node.port, 'polled', 1);
  const pollers = await Promise.all(Array.from({ length: 8 }, () => PipelinedClient.connect(node.port)));
  const polls = pollers.map((client) =>
    client.call(1, versions.fetch, fetchMessage('polled', new Map([[0, 0]]), { maxWaitMs: 30_000 })),
  );
  const client = await PipelinedClient.connect(node.port);
  await produce(client, [{ topic: 'polled', partition: 0, records: batchOf([Buffer.from('here')]) }]);
  await Promise.all(polls);
  for (const one of [client, ...pollers]) one.close();
});

test('a peer that never reads its answers is held, in bounded memory, and harms nobody', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'unread', 2);
  const before = holdings(await node.quietStats());
  const writer = await PipelinedClient.connect(node.port);
  const value = Buffer.alloc(900_000, 7);
  for (let round = 0; round < 8; round++) {
    await produce(writer, [{ topic: 'unread', partition: round % 2, records: batchOf([value]) }]);
  }
  const deaf = await PipelinedClient.connect(node.port);
  deaf.socket.pause();
  const both = new Map([
    [0, 0],
    [1, 0],
  ]);
  const answers = Array.from({ length: 200 }, () =>
    deaf.call(1, versions.fetch, fetchMessage('unread', both)).catch(() => undefined),
  );
  await sleep(500);
  const held = await node.quietStats(2000);
  const bytes = held.reduce((sum, { arena }) => sum + arena.usedBytesByClass.reduce((a, b) => a + b, 0), 0);
  // What may be unsent of a connection, and one answer more, rounded up to chunks.
  assert.ok(bytes < 64 * 1024 * 1024, `${bytes} bytes are held`);
  await produce(writer, [{ topic: 'unread', partition: 0, records: batchOf([Buffer.from('on')]) }]);
  deaf.close();
  writer.close();
  await Promise.all(answers);
  assert.deepEqual(holdings(await node.quietStats()), before);
});

test('requests that trickle in hold what came of them, and are answered', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'slow', 2);
  const before = holdings(await node.quietStats());
  const clients = await Promise.all(Array.from({ length: 32 }, () => PipelinedClient.connect(node.port)));
  const wholes = clients.map((client, index) => {
    const held: Buffer[] = [];
    const write = client.socket.write.bind(client.socket);
    client.socket.write = (chunk: unknown) => held.push(chunk as Buffer) > 0;
    const records = batchOf([Buffer.alloc(20_000, index)]);
    const answered = client.call(
      0,
      versions.produce,
      produceMessage([{ topic: 'slow', partition: index % 2, records }]),
    );
    return { answered, write, held };
  });
  await sleep(50);
  for (let from = 0; from < 21_000; from += 700) {
    for (const { write, held } of wholes) write(held[0]!.subarray(from, from + 700));
    await sleep(4);
    if (from !== 7000) continue;
    const used = (await node.stats()).reduce((sum, { arena }) => sum + arena.usedBytesByClass[0]!, 0);
    // Two landing places, and for each connection the next size of chunk.
    assert.ok(used <= 2 * 65_536 + 32 * 16_384, `${used} bytes are held for 32 × 7,000`);
  }
  for (const { answered } of wholes) await answered;
  for (const client of clients) client.close();
  assert.deepEqual(holdings(await node.quietStats()), before);
});

async function connected(node: EmbeddedNode, count: number): Promise<PipelinedClient[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => PipelinedClient.connect(node.port)));
  for (const client of clients) await client.call(apiVersions.key, apiVersions.version, aboutUs);
  return clients;
}

/**
 * Whether a new connection is closed in place of an answer. One that was let in is over, on the node's side too, when
 * this ends: until the node has seen it go it counts, and the next connection would be one too many.
 */
async function refused(node: EmbeddedNode): Promise<boolean> {
  const openBefore = node.node.counters().openConnections;
  const client = await PipelinedClient.connect(node.port);
  try {
    await client.call(apiVersions.key, apiVersions.version, aboutUs);
    return false;
  } catch {
    return true;
  } finally {
    client.close();
    await client.closed;
    await until(() => node.node.counters().openConnections === openBefore);
  }
}

const aboutUs = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };

async function alter(client: PipelinedClient, values: Readonly<Record<string, string>>): Promise<void> {
  const configs = Object.entries(values).map(([name, value]) => ({ name, configOperation: 0, value }));
  const response = await client.call<{ responses: { errorCode: number; errorMessage: string | null }[] }>(
    incrementalAlterConfigs.key,
    incrementalAlterConfigs.version,
    { resources: [{ resourceType: brokerResource, resourceName: '', configs }], validateOnly: false },
  );
  assert.equal(response.responses[0]!.errorCode, 0, String(response.responses[0]!.errorMessage));
}
