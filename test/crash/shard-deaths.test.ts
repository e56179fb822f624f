import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createTopic, readAll } from '../support/client-calls.ts';
import { EmbeddedNode, holdings } from '../support/embedded-node.ts';
import { IdempotentLoad, WatermarkWatch } from '../support/idempotent-load.ts';
import { PipelinedClient } from '../support/pipelined-client.ts';
import { until } from '../support/until.ts';
import { ClosedByBroker } from '../support/wire-client.ts';

const partitions = 4;
const apiVersions = { key: 18, version: 3 } as const;

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

test('a shard killed 20 times under idempotent load loses and doubles nothing acknowledged', async (t) => {
  const node = await EmbeddedNode.start(t, { shardDeathsAllowed: 100, shardHeapMb: 96 });
  await createTopic(node.port, 'deaths', partitions);
  const before = holdings(await node.quietStats());
  const load = new IdempotentLoad(t, node.port, 'deaths', partitions);
  const watch = new WatermarkWatch(t, node.port, 'deaths', partitions);
  load.start(3);
  await until(() => load.count > 200);
  const descriptors = openDescriptors();
  for (let death = 0; death < 20; death++) {
    const count = load.count;
    await node.inflict({ shard: death % 2, kind: death % 4 < 2 ? 'throw' : 'heap' });
    await until(() => node.deaths() === death + 1);
    // Both live and serve again: everything moves.
    await until(() => load.count > count + 100);
  }
  await load.stop();
  await watch.stop();
  assert.deepEqual(node.fatal, []);
  assert.ok(load.retries > 0, 'deaths were felt');
  assert.ok(watch.looks > 20);
  assert.deepEqual(watch.wentBack, []);
  for (let partition = 0; partition < partitions; partition++) {
    const values = (await readAll(node.port, 'deaths', partition)).map(String);
    assert.deepEqual(values.toSorted(), load.acknowledged[partition]!.toSorted());
  }
  assert.deepEqual(holdings(await node.quietStats()), before);
  const left = openDescriptors();
  assert.ok(left <= descriptors, `${left} descriptors are open, ${descriptors} were before`);
});

test('the connections of the other shards stay open when one dies', async (t) => {
  const node = await EmbeddedNode.start(t, { shardDeathsAllowed: 1 });
  const clients = await Promise.all(Array.from({ length: 16 }, () => PipelinedClient.connect(node.port)));
  for (const client of clients) await client.call(apiVersions.key, apiVersions.version, aboutUs);
  const [first, second] = await node.stats();
  assert.equal(first!.connections + second!.connections, 16);
  await node.inflict({ shard: 0, kind: 'throw' });
  await until(() => node.deaths() === 1);
  await until(() => clients.filter((client) => client.isClosed).length === first!.connections);
  for (const client of clients) {
    if (!client.isClosed) await client.call(apiVersions.key, apiVersions.version, aboutUs);
  }
  const [reborn] = await node.quietStats();
  assert.equal(reborn!.connections, 0);
  assert.equal(node.node.counters().openConnections, second!.connections);
  for (const client of clients) client.close();
});

test('one death more than allowed within a minute, and the node is given up', async (t) => {
  const node = await EmbeddedNode.start(t, {});
  for (let death = 1; death <= 3; death++) {
    await node.inflict({ shard: 0, kind: 'throw' });
    await until(() => node.deaths() === death);
    if (death < 3) await node.quietStats();
  }
  assert.deepEqual(node.fatal, ['shard 0 died: 3 deaths within a minute']);
});

test('a request that throws costs its connection and is logged once; the rest goes on', async (t) => {
  const node = await EmbeddedNode.start(t);
  await createTopic(node.port, 'faulty', 1);
  const load = new IdempotentLoad(t, node.port, 'faulty', 1);
  const idle = await PipelinedClient.connect(node.port);
  load.start(3);
  await until(() => load.count > 50);
  for (const shard of [0, 1]) await node.inflict({ shard, kind: 'throwInRequest' });
  const count = load.count;
  await until(() => load.count > count + 100);
  await load.stop();
  await idle.call(apiVersions.key, apiVersions.version, aboutUs);
  idle.close();
  assert.equal(node.deaths(), 0);
  assert.ok(load.retries >= 1, 'a connection was lost');
  const values = (await readAll(node.port, 'faulty', 0)).map(String);
  assert.deepEqual(values.toSorted(), load.acknowledged[0]!.toSorted());
});

test('a request to the controller that is larger than any chunk costs its connection and no shard', async (t) => {
  const node = await EmbeddedNode.start(t);
  const client = await PipelinedClient.connect(node.port);
  const name = 'x'.repeat(200);
  const topic = { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const topics = Array.from({ length: 25_000 }, () => topic);
  const refused = client.call(19, 7, { topics, timeoutMs: 1000, validateOnly: true });
  await assert.rejects(refused, ClosedByBroker);
  assert.equal(node.deaths(), 0);
  await node.stats();
});

test('a blocked shard is logged with what it does, heartbeats stop, and all goes on when it does', async (t) => {
  const properties = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '200' };
  const node = await EmbeddedNode.start(t, { properties });
  await createTopic(node.port, 'blocked', 2);
  const load = new IdempotentLoad(t, node.port, 'blocked', 2);
  load.start(2);
  await until(() => load.count > 20);
  const said = (message: string): boolean => node.logger.lines.some((line) => line.message === message);
  await node.inflict({ shard: 0, kind: 'block', forMs: 5000 });
  await until(() => said('a shard is late'));
  await until(() => said('a shard is stuck: no heartbeats until it goes on'));
  await until(() => said('a shard that was late goes on'));
  const count = load.count;
  await until(() => load.count > count + 100);
  await load.stop();
  assert.equal(node.deaths(), 0);
  for (const partition of [0, 1]) {
    const values = (await readAll(node.port, 'blocked', partition)).map(String);
    assert.deepEqual(values.toSorted(), load.acknowledged[partition]!.toSorted());
  }
});

const aboutUs = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };
