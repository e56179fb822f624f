/** What a running node tells those who look from outside, under load and when something of it breaks. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '../../engine/node/metrics/health.ts';
import { errorCode } from '../../engine/protocol/errors.ts';
import { createTopic } from '../support/client-calls.ts';
import { EmbeddedNode } from '../support/embedded-node.ts';
import { setFault } from '../support/fault-files.ts';
import { freePorts } from '../support/free-port.ts';
import { IdempotentLoad } from '../support/idempotent-load.ts';
import { testBatch } from '../support/log-fixture.ts';
import { MillraceDidNotServe, startMillrace } from '../support/millrace.ts';
import { getPage, type Scrape, scrape } from '../support/read-metrics.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const traffic = 'kafka_server_brokertopicmetrics_';

async function embedded(t: TestContext, properties: Readonly<Record<string, string>> = {}, shardDeathsAllowed = 100) {
  const served = { 'millrace.metrics.listener': 'http://127.0.0.1:0', ...properties };
  const node = await EmbeddedNode.start(t, { shardDeathsAllowed, properties: served });
  const port = await eventually(() => node.node.observer.port ?? false, 'metrics are served');
  return { node, port };
}

async function health(port: number): Promise<{ readonly status: number; readonly body: Health }> {
  const { status, text } = await getPage(port, '/healthz');
  return { status, body: JSON.parse(text) as Health };
}

test('after a load the counters are what the clients sent and got, to the last record', async (t) => {
  const { node, port } = await embedded(t);
  await createTopic(node.port, 'one', 4);
  await createTopic(node.port, 'two', 1);
  const sent = { records: 0, bytes: 0, requests: 0 };
  const clients = await Promise.all(Array.from({ length: 4 }, () => StorageClient.connect(node.port, t)));
  const pages: Promise<Scrape>[] = [];
  await Promise.all(
    clients.map(async (client, number) => {
      for (let request = 0; request < 50; request++) {
        const count = 1 + ((request + number) % 7);
        const batch = testBatch({ count, valueBytes: 100, timestampMs: Date.now() });
        const { errorCode: code } = await client.produce('one', (request + number) % 4, batch);
        assert.equal(code, 0);
        sent.records += count;
        sent.bytes += batch.length;
        sent.requests += 1;
        // While the load runs: the page is whole, and what it says is on its way to what it will say.
        if (request % 10 === 0) pages.push(scrape(port));
      }
    }),
  );
  const [client] = clients;
  assert.equal((await client!.produce('two', 0, testBatch({ count: 5, timestampMs: Date.now() }))).errorCode, 0);
  const tooOld = testBatch({ count: 1, timestampMs: Date.now() });
  // Its crc does not fit: refused, and no failure of the broker's.
  tooOld[tooOld.length - 1]! ^= 1;
  assert.equal((await client!.produce('two', 0, tooOld)).errorCode, errorCode.CORRUPT_MESSAGE);
  let read = 0;
  for (let partition = 0; partition < 4; partition++) read += (await client!.read('one', partition)).length;
  assert.equal(read, sent.records);
  const page = await scrape(port);
  const one = { topic: 'one' };
  assert.equal(page.value(`${traffic}messagesin_total`, one), sent.records);
  assert.equal(page.value(`${traffic}bytesin_total`, one), sent.bytes);
  assert.equal(page.value(`${traffic}bytesout_total`, one), sent.bytes);
  assert.equal(page.value(`${traffic}totalproducerequests_total`, one), sent.requests);
  assert.equal(page.value(`${traffic}messagesin_total`), sent.records + 5);
  assert.equal(page.value(`${traffic}totalproducerequests_total`, { topic: 'two' }), 2);
  assert.equal(page.value(`${traffic}failedproducerequests_total`), 0);
  const produce = { request: 'Produce' };
  const requests = 'kafka_network_requestmetrics_';
  assert.equal(page.sum(`${requests}requests_total`, produce), sent.requests + 2);
  assert.equal(page.value(`${requests}requests_total`, { ...produce, version: '12' }), sent.requests + 2);
  assert.equal(page.value(`${requests}errors_total`, { ...produce, error: 'NONE' }), sent.requests + 1);
  assert.equal(page.value(`${requests}errors_total`, { ...produce, error: 'CORRUPT_MESSAGE' }), 1);
  assert.equal(page.value(`${requests}totaltimems_count`, produce), sent.requests + 2);
  assert.equal(page.value('millrace_request_duration_seconds_count', produce), sent.requests + 2);
  assert.equal(page.sum(`${requests}errors_total`, { request: 'CreateTopics' }), 2);
  const fetches = page.sum(`${requests}requests_total`, { request: 'Fetch' });
  assert.ok(fetches > 0);
  assert.equal(page.sum(`${requests}requests_total`, { request: 'FetchConsumer' }), fetches);
  assert.equal(page.value(`${requests}totaltimems_count`, { request: 'FetchConsumer' }), fetches);
  assert.equal(page.sum('kafka_log_log_logendoffset', one), sent.records);
  assert.equal(page.sum('kafka_log_log_size', one), sent.bytes);
  assert.equal(page.value('kafka_server_replicamanager_leadercount'), 5);
  assert.equal(page.value('kafka_controller_kafkacontroller_globaltopiccount'), 2);
  const shards = new Set(page.samples.map(({ labels }) => labels.shard).filter((shard) => shard !== undefined));
  assert.deepEqual([...shards], ['0', '1']);
  let before = 0;
  for (const while_ of await Promise.all(pages)) {
    const now = while_.value(`${traffic}messagesin_total`)!;
    assert.ok(now <= sent.records);
    before = Math.max(before, now);
  }
  assert.ok(before > 0, 'pages were made while records came');
});

test('a node that is stopped as soon as it serves stops, whatever its metrics thread is at', async (t) => {
  for (let start = 0; start < 2; start++) {
    const properties = { 'millrace.metrics.listener': 'http://127.0.0.1:0' };
    await (await EmbeddedNode.start(t, { properties })).stop();
  }
});

test('connections, open and gone, are those of the clients', async (t) => {
  const { node, port } = await embedded(t);
  const clients = await Promise.all(Array.from({ length: 6 }, () => StorageClient.connect(node.port, t)));
  for (const client of clients) await client.logDirs();
  const metric = 'kafka_server_socket_server_metrics_connection_';
  const listener = { listener: 'PLAINTEXT' };
  assert.equal((await scrape(port)).sum(`${metric}count`, listener), 6);
  clients[0]!.wire.close();
  clients[1]!.wire.close();
  await eventually(async () => (await scrape(port)).sum(`${metric}count`, listener) === 4, 'four are left');
  const page = await scrape(port);
  assert.equal(page.sum(`${metric}creation_total`, listener), 6);
  assert.equal(page.sum(`${metric}close_total`, listener), 2);
});

test('counters never go back over the deaths of shards, and a death is told of', async (t) => {
  const { node, port } = await embedded(t);
  await createTopic(node.port, 'deaths', 4);
  const load = new IdempotentLoad(t, node.port, 'deaths', 4);
  load.start(2);
  const highest = new Map<string, number>();
  const counts: string[] = [];
  const look = async (): Promise<void> => {
    const page = await scrape(port);
    for (const { name, labels, value } of page.samples) {
      if (!/_(total|count|bucket)$/.test(name) || name.endsWith('connection_count')) continue;
      const key = `${name}${JSON.stringify(labels)}`;
      if (value < (highest.get(key) ?? 0)) counts.push(`${key}: ${highest.get(key)}, then ${value}`);
      highest.set(key, value);
    }
  };
  for (let death = 0; death < 4; death++) {
    const { count } = load;
    await eventually(async () => {
      await look();
      return load.count > count + 50;
    }, 'the load goes on');
    await node.inflict({ shard: death % 2, kind: 'throw' });
    await eventually(async () => {
      await look();
      return node.deaths() === death + 1;
    }, 'a shard died');
  }
  await load.stop();
  await look();
  assert.deepEqual(counts, []);
  assert.equal((await scrape(port)).sum('millrace_shard_deaths_total'), 4);
  // Batches that were sent again are counted once, those that got lost in a ring never came.
  const records = (await scrape(port)).value(`${traffic}messagesin_total`, { topic: 'deaths' })!;
  assert.ok(records >= load.count, `${records} were counted, ${load.count} acknowledged`);
});

test('a topic beyond the limit is counted with all others only, partitions likewise', async (t) => {
  const { node, port } = await embedded(t, {
    'millrace.metrics.topics.max': '1',
    'millrace.metrics.partitions.max': '1',
  });
  await createTopic(node.port, 'first', 1);
  const client = await StorageClient.connect(node.port, t);
  const produce = async (topic: string): Promise<void> => {
    for (let n = 0; n < 3; n++) assert.equal((await client.produce(topic, 0)).errorCode, 0);
  };
  await produce('first');
  await createTopic(node.port, 'second', 1);
  await createTopic(node.port, 'third', 1);
  await produce('second');
  await produce('third');
  const page = await scrape(port);
  const topics = page.samples.filter(({ name, labels }) => name === `${traffic}messagesin_total` && 'topic' in labels);
  assert.ok(topics.length >= 1 && topics.length <= 2, 'one a shard');
  assert.equal(page.value(`${traffic}totalproducerequests_total`), 9);
  assert.equal(page.samples.filter(({ name }) => name === 'kafka_log_log_logendoffset').length, 1);
  assert.equal(page.value('millrace_partitions_left_out'), 2);
});

test('healthz: 200 while all is well, 503 while a shard is stuck, and 200 again', async (t) => {
  const { node, port } = await embedded(t);
  const well = await eventually(async () => {
    const answer = await health(port);
    return answer.status === 200 && answer;
  }, 'all is well');
  assert.deepEqual([well.status, well.body.status, well.body.reasons], [200, 'ok', []]);
  assert.equal(well.body.metadataLog.leaderId, 1);
  await node.inflict({ shard: 1, kind: 'block', forMs: 10_000 });
  const ill = await eventually(async () => {
    const answer = await health(port);
    // On a busy machine the other may be late, too, for a moment.
    return answer.body.reasons.length === 1 && answer.body.reasons[0]!.startsWith('shard 1') && answer;
  }, 'the shard is missed');
  assert.equal(ill.status, 503);
  assert.match(ill.body.reasons[0]!, /^shard 1 has given no sign of life for \d+ ms$/);
  await eventually(async () => (await health(port)).status === 200, 'it goes on');
});

test('healthz: a directory that is offline is told of; with the last one the node is unavailable', async (t) => {
  const home = tempDirFor(t, 'millrace-health-');
  const [metricsPort] = await freePorts(1);
  const data = [join(home, 'a'), join(home, 'b')];
  const node = await startMillrace(
    {
      program: join(import.meta.dirname, '../support/faulty-disk-node.ts'),
      properties: {
        'log.dirs': data.join(','),
        'metadata.log.dir': join(home, 'metadata'),
        'millrace.metrics.listener': `http://127.0.0.1:${metricsPort}`,
      },
    },
    t,
  );
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', 2), 0);
  for (const partition of [0, 1]) assert.equal((await client.produce('t', partition)).errorCode, 0);
  const where = `metrics on http://127.0.0.1:${metricsPort}/metrics`;
  await eventually(() => node.lines.some((line) => line.includes(where)), 'it says where metrics are');
  const fail = async (directory: string): Promise<void> => {
    setFault(directory, 'write', true);
    await eventually(async () => {
      const codes = [(await client.produce('t', 0)).errorCode, (await client.produce('t', 1)).errorCode];
      const { logDirectories } = (await health(metricsPort!)).body;
      const isOffline = logDirectories.some(({ path, isOnline }) => path === directory && !isOnline);
      return isOffline && codes.includes(errorCode.KAFKA_STORAGE_ERROR);
    }, `${directory} is offline`);
  };
  await fail(data[0]!);
  const half = await health(metricsPort!);
  assert.deepEqual([half.status, half.body.reasons], [200, []]);
  const page = await scrape(metricsPort!);
  assert.equal(page.value('kafka_log_logmanager_offlinelogdirectorycount'), 1);
  assert.equal(page.value('kafka_log_logmanager_logdirectoryoffline', { logDirectory: data[0]! }), 1);
  assert.equal(page.value('kafka_server_replicamanager_offlinereplicacount'), 1);
  await fail(data[1]!);
  const none = await health(metricsPort!);
  assert.deepEqual([none.status, none.body.reasons], [503, ['every log directory is offline']]);
});

test('a port in use stops a node that was told to listen there, and none that was not', async (t) => {
  const hold = async (port: number): Promise<void> => {
    const holder = createServer();
    t.after(() => holder.close());
    const listen = (): Promise<void> =>
      new Promise((resolve, reject) => {
        holder.once('error', reject);
        holder.listen(port, '127.0.0.1', resolve);
      });
    // Another test may have it for a moment; what has it for good holds it as well as we would.
    for (let tries = 0; tries < 50; tries++) {
      try {
        await listen();
        return;
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'EADDRINUSE');
        await sleep(100);
      }
    }
  };
  const [taken] = await freePorts(1);
  await hold(taken!);
  const properties = { 'millrace.metrics.listener': `http://127.0.0.1:${taken}` };
  await assert.rejects(startMillrace({ properties }, t), (error: Error) => {
    assert.ok(error instanceof MillraceDidNotServe);
    assert.equal(error.ended.code, 1);
    assert.match(error.ended.stderr, /cannot listen on .*the port is in use/);
    return true;
  });
  await hold(9644);
  const node = await startMillrace({ without: ['millrace.metrics.listener'] }, t);
  await eventually(
    () => node.lines.some((line) => /"level":"warn".*the port is in use.*metrics are not served/.test(line)),
    'it says that it does without',
  );
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', 1), 0);
  await node.stop();
});

test('at start and at stop a node says what it is and how it fares', async (t) => {
  const node = await startMillrace({}, t);
  await node.stop();
  const said = (pattern: RegExp): boolean => node.lines.some((line) => pattern.test(line));
  assert.ok(said(/"shards":\d+,"natives":.*"msg":"Millrace \d+\.\d+\.\d+, node 1 of cluster [\w-]{22}"/));
  assert.ok(said(/"state":"online","logs":0,"lastStop":"none","msg":"log directory"/));
  assert.ok(said(/"stopMs":\d+,"upSeconds":\d+,"counters":.*"msg":"stopped"/));
  await node.restart();
  assert.ok(said(/"state":"online","logs":0,"lastStop":"clean","msg":"log directory"/));
  await node.stop();
});
