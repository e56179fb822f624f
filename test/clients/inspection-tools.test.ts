/** What Apache Kafka's tools show of a cluster of three nodes of ours, and of the files that it leaves. */
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apacheKafkaClasspath, requireApacheKafka, runTool } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { leaderOfQuorum } from '../support/cluster-calls.ts';
import { eventually, MillraceCluster, testClusterId } from '../support/millrace-cluster.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const tools = new ApacheTools();
const home = makeTempDir('millrace-inspection-');
const cleanUp: (() => Promise<void>)[] = [];
let cluster: MillraceCluster;
const ids = [1, 2, 3] as const;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  // Snapshots after hardly more than what a cluster begins with.
  const properties = { 'metadata.log.max.record.bytes.between.snapshots': '2000' };
  const members = ids.map((id) => ({ id, of: 'millrace', roles: 'broker,controller', properties }) as const);
  cluster = await MillraceCluster.start(members, { after: (run) => cleanUp.push(run) });
  const create = ['--create', '--topic', 'shown', '--partitions', '6', '--replication-factor', '3'];
  await run(tool.topics, ...create, '--config', 'retention.ms=123456789');
  const input = Array.from({ length: 60 }, (_, at) => `${at}\n`).join('');
  await tools.output(tool.consoleProducer, ['--bootstrap-server', cluster.bootstrap(), '--topic', 'shown'], { input });
});

after(async () => {
  tools.close();
  for (const end of cleanUp) await end();
  removeTempDir(home);
});

function run(main: string, ...args: string[]): Promise<string> {
  return tools.output(main, ['--bootstrap-server', cluster.bootstrap(), ...args]);
}

function controllers(): string[] {
  return ['--bootstrap-controller', ids.map((id) => `127.0.0.1:${cluster.controllerPortOf(id)}`).join(',')];
}

test('kafka-cluster tells the id of the cluster, and where its brokers and controllers are', async (t) => {
  if (!requireApacheKafka(t)) return;
  for (const where of [['--bootstrap-server', cluster.bootstrap()], controllers()]) {
    assert.match(
      await tools.output(tool.cluster, ['cluster-id', ...where]),
      new RegExp(`Cluster ID: ${testClusterId}`),
    );
  }
  const brokers = await tools.output(tool.cluster, ['list-endpoints', '--bootstrap-server', cluster.bootstrap()]);
  const controllerList = await tools.output(tool.cluster, ['list-endpoints', ...controllers()]);
  const rows = (text: string): string[] =>
    [...text.matchAll(/^(\d)\s+(\S+)\s+(\d+)\s+.*(broker|controller)\s*$/gm)].map((row) => row.slice(1).join(' '));
  assert.deepEqual(
    rows(brokers).sort(),
    ids.map((id) => `${id} 127.0.0.1 ${cluster.portOf(id)} broker`),
    brokers,
  );
  assert.deepEqual(
    rows(controllerList).sort(),
    ids.map((id) => `${id} 127.0.0.1 ${cluster.controllerPortOf(id)} controller`),
    controllerList,
  );
});

test('kafka-broker-api-versions, kafka-log-dirs and kafka-get-offsets ask every broker', async (t) => {
  if (!requireApacheKafka(t)) return;
  const versions = await run(tool.brokerApiVersions);
  for (const id of ids) assert.match(versions, new RegExp(`127.0.0.1:${cluster.portOf(id)} \\(id: ${id} `));
  assert.ok(!versions.includes('ERROR'), versions);
  const directories = await run(tool.logDirs, '--describe');
  const line = directories.split('\n').find((each) => each.startsWith('{'));
  const { brokers } = JSON.parse(line!) as {
    readonly brokers: readonly {
      readonly broker: number;
      readonly logDirs: readonly { readonly error: string | null; readonly partitions: readonly object[] }[];
    }[];
  };
  assert.deepEqual(brokers.map(({ broker }) => broker).sort(), [...ids]);
  for (const { logDirs } of brokers) {
    assert.deepEqual(
      logDirs.map(({ error, partitions }) => [error, partitions.length]),
      [[null, 6]],
    );
  }
  const offsets = await run(tool.getOffsets, '--topic', 'shown');
  const ends = [...offsets.matchAll(/^shown:(\d):(\d+)$/gm)].map(([, , end]) => Number(end));
  assert.deepEqual([ends.length, ends.reduce((sum, end) => sum + end, 0)], [6, 60]);
});

test('kafka-configs sets what counts for one broker, for all of them, and for a topic', async (t) => {
  if (!requireApacheKafka(t)) return;
  const alter = (entity: readonly string[], ...change: string[]) => run(tool.configs, '--alter', ...entity, ...change);
  const describe = (...entity: string[]) => run(tool.configs, '--describe', ...entity);
  const all = ['--entity-type', 'brokers', '--entity-default'];
  const second = ['--entity-type', 'brokers', '--entity-name', '2'];
  const topic = ['--entity-type', 'topics', '--entity-name', 'shown'];
  await alter(all, '--add-config', 'message.max.bytes=700000,log.retention.ms=5000000');
  await alter(second, '--add-config', 'log.retention.ms=6000000');
  await alter(topic, '--add-config', 'max.message.bytes=600000,cleanup.policy=[compact,delete]');
  await alter(topic, '--delete-config', 'retention.ms');
  assert.match(await describe(...all), /message\.max\.bytes=700000/);
  assert.match(
    await describe(...second),
    /log\.retention\.ms=6000000.*DYNAMIC_DEFAULT_BROKER_CONFIG:log\.retention\.ms=5000000/,
  );
  const shown = await describe(...topic);
  assert.match(shown, /max\.message\.bytes=600000/);
  assert.match(shown, /cleanup\.policy=compact,delete/);
  assert.ok(!shown.includes('retention.ms'), shown);
  const refused = await tools.run(tool.configs, [
    ...['--bootstrap-server', cluster.bootstrap(), '--alter', ...second, '--add-config', 'log.retention.ms=soon'],
  ]);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stdout + refused.stderr, /Invalid value soon for configuration log\.retention\.ms/);
});

/** Of a node that has stopped: the shell takes the lock of a directory that it reads in. */
async function shell(file: string, ...command: string[]): Promise<string> {
  const ask = () =>
    runTool('org.apache.kafka.shell.MetadataShell', ['--snapshot', file, ...command], { timeoutMs: 30_000 });
  // On a busy machine the shell now and then reads to the end and then waits for ever: it is asked again.
  const { code, stdout, stderr } = await ask().catch(ask).catch(ask);
  assert.equal(code, 0, stdout + stderr);
  return stdout;
}

async function dumped(file: string): Promise<string> {
  const text = await tools.output(tool.dumpLogSegments, ['--cluster-metadata-decoder', '--files', file]);
  assert.ok(!/isvalid: false|could not be decoded/i.test(text), text);
  return text;
}

test('kafka-metadata-shell and kafka-dump-log read the log and the snapshots of a node of a cluster', async (t) => {
  if (!requireApacheKafka(t)) return;
  const leader = await leaderOfQuorum(cluster.portOf(1));
  const follower = ids.find((id) => id !== leader)!;
  const files = (id: number): string[] => readdirSync(join(directoryOf(id), '__cluster_metadata-0'));
  for (const id of [leader, follower]) {
    await eventually(async () => {
      const snapshots = files(id).filter((name) => name.endsWith('.checkpoint'));
      // Of a start there is one of offset 0.
      return snapshots.some((name) => !name.startsWith('0'.repeat(20))) ? true : undefined;
    }, `a snapshot of node ${id}`);
    if (id === follower) await cluster.node(id).stop();
    const copy = join(home, `node-${id}`);
    const names = files(id).sort();
    const snapshot = names.filter((name) => name.endsWith('.checkpoint')).at(-1)!;
    const log = names.filter((name) => name.endsWith('.log')).at(-1)!;
    const metadata = join(directoryOf(id), '__cluster_metadata-0');
    assert.match(
      await dumped(join(metadata, snapshot)),
      /SnapshotHeader[\s\S]*REGISTER_BROKER_RECORD[\s\S]*SnapshotFooter/,
    );
    assert.match(await dumped(join(metadata, log)), /"type":"[A-Z_]+"/);
    copyFileSync(join(metadata, snapshot), `${copy}-${snapshot}`);
    const listed = await shell(`${copy}-${snapshot}`, 'ls', '/image/cluster/brokers');
    for (const each of ids) assert.match(listed, new RegExp(`\\b${each}\\b`));
    copyFileSync(join(metadata, log), `${copy}-${log}`);
    assert.match(await shell(`${copy}-${log}`, 'ls', '/image'), /topics/);
  }
  const metadata = join(directoryOf(follower), '__cluster_metadata-0');
  const last = files(follower)
    .filter((name) => name.endsWith('.checkpoint'))
    .sort()
    .at(-1)!;
  const partition = await shell(join(metadata, last), 'cat', '/image/topics/byName/shown/0');
  assert.match(partition, /replicas=\[[123], [123], [123]\].*leader=[123]/);
});

function directoryOf(id: number): string {
  return cluster.node(id).directory;
}
