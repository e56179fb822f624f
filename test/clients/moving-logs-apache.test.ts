/** Moves between log directories: Apache Kafka's answers and tools, and moves that one begins and the other ends. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const tools = new ApacheTools();
after(() => tools.close());

const throttle = 'replica.alter.log.dirs.io.max.bytes.per.second';

/** Two log directories, and one for the metadata log, whoever uses them. */
function propertiesIn(t: TestContext): { directories: [string, string]; properties: Record<string, string> } {
  const home = tempDirFor(t, 'millrace-moves-');
  const directories: [string, string] = [join(home, 'a'), join(home, 'b')];
  const metadata = join(home, 'metadata');
  return { directories, properties: { 'log.dirs': directories.join(','), 'metadata.log.dir': metadata } };
}

async function fill(client: StorageClient, topic: string, batches: number): Promise<void> {
  for (let n = 0; n < batches; n++) {
    assert.equal((await client.produce(topic, 0, { count: 10, valueBytes: 10_000 })).errorCode, 0);
  }
}

/** What the node answers to moves that can't be. */
async function refusals(client: StorageClient, path: string): Promise<number[]> {
  const long = 'x'.repeat(230);
  assert.equal(await client.createTopic(long), 0);
  const cordoned = 'cordoned.log.dirs';
  assert.equal(await client.setBrokerConfig(cordoned, path, '1'), 0);
  // A broker acts on what the controller has decided when it hears of it.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const ofCordoned = [
    ...(await client.moveLogs(path, 't', [0])),
    ...(await client.moveLogs(path, 'nobody', [0])),
    ...(await client.moveLogs(path, long, [0])),
  ];
  assert.equal(await client.setBrokerConfig(cordoned, '', '1'), 0);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return [
    ...ofCordoned,
    ...(await client.moveLogs('/not/there', 't', [0])),
    ...(await client.moveLogs(path, 'nobody', [0])),
    ...(await client.moveLogs(path, 't', [0, 7])),
    ...(await client.moveLogs(path, long, [0])),
    ...(await client.moveLogs(`${path}/`, 't', [0])),
  ];
}

function isMovedTo(client: StorageClient, path: string): Promise<true> {
  return eventually(async () => {
    const { current, future } = await client.placeOf('t', 0);
    return current === path && future === null;
  }, `the log is in ${path}`) as Promise<true>;
}

async function startOurs(t: TestContext, properties: Record<string, string>): Promise<[Millrace, StorageClient]> {
  const node = await startMillrace({ properties }, t);
  return [node, await StorageClient.connect(node.port, t)];
}

test('what Apache Kafka refuses is refused alike, and a move that it began goes on here, and is its own again', async (t) => {
  if (!requireApacheKafka(t)) return;
  const { directories, properties } = propertiesIn(t);
  const apache = await startApacheKafka({ properties });
  t.after(() => apache.kill());
  const client = await StorageClient.connect(apache.port, t);
  assert.equal(await client.createTopic('t'), 0);
  const from = await eventually(async () => (await client.placeOf('t', 0)).current ?? false, 'the topic has a log');
  const to = directories.find((path) => path !== from)!;
  const refused = await refusals(client, from);
  await fill(client, 't', 60);
  assert.equal(await client.setBrokerConfig(throttle, '100000'), 0);
  assert.deepEqual(await client.moveLogs(to, 't', [0]), [0]);
  assert.deepEqual(await client.placeOf('t', 0), { current: from, future: to });
  const [future] = readdirSync(to).filter((name) => name.startsWith('t-0.'));
  assert.match(future!, /^t-0\.[0-9a-f]{32}-future$/);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await apache.kill();

  const [node, ours] = await startOurs(t, properties);
  assert.deepEqual(await ours.placeOf('t', 0), { current: from, future: to });
  assert.equal(await ours.setBrokerConfig(throttle, '100000000'), 0);
  await isMovedTo(ours, to);
  assert.equal((await ours.read('t')).length, 600);
  await fill(ours, 't', 5);
  // And back again, by us alone.
  assert.deepEqual(await ours.moveLogs(from, 't', [0]), [0]);
  await isMovedTo(ours, from);
  await node.stop();

  const again = await startApacheKafka({ properties, format: false });
  t.after(() => again.kill());
  const theirs = await StorageClient.connect(again.port, t);
  assert.equal((await theirs.read('t')).length, 650);
  assert.equal((await theirs.placeOf('t', 0)).current, from);
  await fill(theirs, 't', 1);
  await again.stop();

  const other = propertiesIn(t);
  const [, fresh] = await startOurs(t, other.properties);
  assert.equal(await fresh.createTopic('t'), 0);
  await fill(fresh, 't', 1);
  assert.deepEqual(await refusals(fresh, other.directories[0]), refused);
});

test("Apache's reassignment tool moves replicas between directories, and its log-dirs tool shows where they are", async (t) => {
  if (!requireApacheKafka(t)) return;
  const { directories, properties } = propertiesIn(t);
  const [node, client] = await startOurs(t, properties);
  assert.equal(await client.createTopic('t', 4), 0);
  for (let partition = 0; partition < 4; partition++) {
    assert.equal((await client.produce('t', partition, { count: 10, valueBytes: 1000 })).errorCode, 0);
  }
  const bootstrap = ['--bootstrap-server', node.bootstrap];
  const plan = async (path: string): Promise<string[]> => {
    const partitions = [0, 1, 2, 3].map((partition) => ({ topic: 't', partition, replicas: [1], log_dirs: [path] }));
    const file = join(tempDirFor(t), 'plan.json');
    writeFileSync(file, JSON.stringify({ version: 1, partitions }));
    return [...bootstrap, '--reassignment-json-file', file];
  };
  for (const path of [directories[1], directories[0]]) {
    const args = await plan(path);
    const limit = ['--replica-alter-log-dirs-throttle', '10000000'];
    const begun = await tools.output(tool.reassignPartitions, [...args, '--execute', ...limit]);
    assert.match(begun, /Successfully started moving log directory to \S+ for replica t-3 with broker 1/);
    await eventually(async () => {
      const verified = await tools.output(tool.reassignPartitions, [...args, '--verify']);
      return [0, 1, 2, 3].every((partition) =>
        verified.includes(`Reassignment of replica t-${partition}-1 completed successfully`),
      );
    }, 'the tool sees the end of the moves');
    const shown = await tools.output(tool.logDirs, [...bootstrap, '--describe', '--topic-list', 't']);
    const { brokers } = JSON.parse(shown.slice(shown.indexOf('{'))) as {
      brokers: { logDirs: { logDir: string; partitions: { isFuture: boolean; offsetLag: number }[] }[] }[];
    };
    for (const { logDir, partitions } of brokers[0]!.logDirs) {
      assert.equal(partitions.length, logDir === path ? 4 : 0);
      for (const { isFuture, offsetLag } of partitions) assert.deepEqual([isFuture, offsetLag], [false, 0]);
    }
  }
  for (let partition = 0; partition < 4; partition++) assert.equal((await client.read('t', partition)).length, 10);
});
