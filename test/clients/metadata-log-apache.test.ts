/** Apache Kafka reads the metadata directory that we write, and we the one that it writes. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../engine/io/clock.ts';
import { formatStorage, loadStorage, readBootstrapRecords } from '../../engine/node/quorum/kraft-storage.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka, runTool } from '../support/apache-kafka.ts';
import { configRecord, eventually, metadataCodec, openNode } from '../support/metadata-log-fixture.ts';
import { realDisk } from '../support/real-disk.ts';
import type { CommandResult } from '../support/run-command.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const logDirectory = '__cluster_metadata-0';
const clusterId = 'bWlsbHJhY2UtdGVzdC0wMQ';
const endpoints = [{ name: 'CONTROLLER', host: 'localhost', port: 21593 }];
const environment = { clock: systemClock, random: new SeededRandom(3), checksum, codec: metadataCodec };

/** On a busy machine the shell now and then reads a snapshot to its end and then waits for ever: it is asked again. */
async function runShell(args: readonly string[]): Promise<CommandResult> {
  const run = () => runTool('org.apache.kafka.shell.MetadataShell', args);
  return run().catch(run).catch(run);
}

async function dump(file: string): Promise<string> {
  const args = ['--cluster-metadata-decoder', '--files', file];
  const { code, stdout, stderr } = await runTool('org.apache.kafka.tools.DumpLogSegments', args);
  assert.equal(code, 0, stderr);
  assert.ok(!stdout.includes('isvalid: false') && !/exception|error/i.test(stderr), `${stdout}${stderr}`);
  return stdout;
}

/** What differs between two runs: times, checksums, ids by chance. */
function withoutChance(text: string): string {
  return text
    .replace(/^Dumping .*$/gm, '')
    .replace(/CreateTime: \d+/g, 'CreateTime: T')
    .replace(/crc: \d+/g, 'crc: C')
    .replace(/"lastContainedLogTimestamp":[1-9]\d*/g, '"lastContainedLogTimestamp":T')
    .replace(/"voterDirectoryId":"[^"]{22}"/g, '"voterDirectoryId":D');
}

function serverProperties(directories: string): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.bootstrap.servers=localhost:21593',
    'listeners=PLAINTEXT://localhost:21592,CONTROLLER://localhost:21593',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${directories}`,
    '',
  ].join('\n');
}

test('formatting writes what the storage tool writes', async (t) => {
  if (!requireApacheKafka(t)) return;
  const home = tempDirFor(t);
  const [theirs, theirSecond, ours, ourSecond] = ['a1', 'a2', 'b1', 'b2'].map((name) => join(home, name));
  const file = join(home, 'server.properties');
  writeFileSync(file, serverProperties(`${theirs},${theirSecond}`));
  const formatted = await runTool('kafka.tools.StorageTool', ['format', '--standalone', '-t', clusterId, '-c', file]);
  assert.equal(formatted.code, 0, formatted.stderr);
  for (const directory of [ours, ourSecond]) mkdirSync(directory);
  const disks = [realDisk(ours), realDisk(ourSecond)];
  await formatStorage(
    { disks, metadata: disks[0] },
    { nodeId: 1, clusterId, quorum: { kind: 'standalone', endpoints } },
    environment,
  );
  const list = (directory: string): string[] => readdirSync(directory, { recursive: true }).map(String).sort();
  assert.deepEqual(list(ours), list(theirs));
  assert.deepEqual(list(ourSecond), list(theirSecond));
  for (const name of [`${logDirectory}/00000000000000000000-0000000000.checkpoint`, 'bootstrap.checkpoint']) {
    assert.equal(withoutChance(await dump(join(ours, name))), withoutChance(await dump(join(theirs, name))));
  }
  const keys = (directory: string): string[] =>
    readFileSync(join(directory, 'meta.properties'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/=.*/, '').replace(/^#.+/, '#'));
  assert.deepEqual(keys(ours), keys(theirs));
});

test('a directory that the storage tool formatted starts here', async (t) => {
  if (!requireApacheKafka(t)) return;
  const home = tempDirFor(t);
  const data = join(home, 'data');
  const file = join(home, 'server.properties');
  writeFileSync(file, serverProperties(data));
  const formatted = await runTool('kafka.tools.StorageTool', ['format', '--standalone', '-t', clusterId, '-c', file]);
  assert.equal(formatted.code, 0, formatted.stderr);
  const disk = realDisk(data);
  const storage = await loadStorage({ disks: [disk], metadata: disk }, 1, environment);
  assert.equal(storage.clusterId, clusterId);
  assert.equal((await readBootstrapRecords(disk, environment)).length, 6);
  const node = await openNode(disk, { directoryId: storage.metadataDirectoryId, endpoints });
  await node.driver.start();
  await eventually(node, () => node.listener.leads !== null);
  assert.equal(node.driver.endOffset(), 3);
  assert.deepEqual(node.failures, []);
});

test('the dump tool and the shell read our log and our snapshots', async (t) => {
  if (!requireApacheKafka(t)) return;
  const data = tempDirFor(t);
  const disk = realDisk(data);
  const directories = { disks: [disk], metadata: disk };
  const storage = await formatStorage(
    directories,
    { nodeId: 1, clusterId, quorum: { kind: 'standalone', endpoints } },
    environment,
  );
  const node = await openNode(disk, { directoryId: storage.metadataDirectoryId, endpoints });
  await node.driver.start();
  await eventually(node, () => node.listener.leads !== null);
  const bootstrap = await readBootstrapRecords(disk, environment);
  node.driver.append(1, bootstrap);
  node.driver.append(1, [configRecord('min.insync.replicas', '2'), configRecord('log.retention.ms', '1000')]);
  await eventually(node, () => node.listener.highWatermark === 3 + bootstrap.length + 2);
  node.listener.extraRecords = bootstrap;
  node.driver.requestSnapshot();
  await eventually(node, () => node.driver.latestSnapshot()?.offset !== 0);
  await node.driver.close();

  const log = await dump(join(data, logDirectory, '00000000000000000000.log'));
  assert.match(
    log,
    /LeaderChange: \{"version":0,"leaderId":1,"voters":\[\{"voterId":1\}\],"grantingVoters":\[\{"voterId":1\}\]\}/,
  );
  assert.match(log, /KRaftVersion \{"version":0,"kRaftVersion":1\}/);
  assert.match(log, new RegExp(`KRaftVoters .*"voterDirectoryId":"${storage.metadataDirectoryId}"`));
  assert.match(
    log,
    /"type":"CONFIG_RECORD","version":0,"data":\{"resourceType":4,"resourceName":"","name":"min.insync.replicas","value":"2"\}/,
  );
  const checkpoint = join(data, logDirectory, '00000000000000000011-0000000001.checkpoint');
  const snapshot = await dump(checkpoint);
  assert.match(snapshot, /SnapshotHeader .*\n.*KRaftVersion .*\n.*KRaftVoters/);
  assert.match(snapshot, /SnapshotFooter \{"version":0\}\s*$/);

  const shell = await runShell(['--snapshot', checkpoint, 'cat', '/image/configs/BROKER/min.insync.replicas']);
  assert.equal(shell.code, 0, shell.stderr);
  assert.match(shell.stdout, /^2$/m, `${shell.stdout}${shell.stderr}`);
});

test('a metadata log goes from Apache Kafka to us and back', async (t) => {
  if (!requireApacheKafka(t)) return;
  const data = join(tempDirFor(t), 'data');
  const before = await startApacheKafka({ logDirectory: data, clusterId });
  await before.stop();
  const lines = readFileSync(join(data, logDirectory, 'leader-epoch-checkpoint'), 'utf8');
  assert.equal(lines, '0\n1\n1 0\n');

  const disk = realDisk(data);
  const storage = await loadStorage({ disks: [disk], metadata: disk }, 1, environment);
  const node = await openNode(disk, { directoryId: storage.metadataDirectoryId, endpoints: [] });
  await node.driver.start();
  await eventually(node, () => node.listener.leads !== null);
  assert.equal(node.listener.leads, 2);
  assert.equal(node.listener.committedState.get('min.insync.replicas'), '1');
  node.driver.append(2, [configRecord('min.insync.replicas', '3')]);
  const end = node.driver.endOffset();
  await eventually(node, () => node.listener.highWatermark === end);
  node.driver.requestSnapshot();
  await node.driver.close();

  const after = await startApacheKafka({ logDirectory: data, clusterId, format: false });
  const described = await runTool('kafka.admin.ConfigCommand', [
    ...['--bootstrap-server', after.bootstrap, '--describe', '--entity-type', 'brokers', '--entity-default'],
  ]);
  await after.stop();
  assert.match(described.stdout, /min\.insync\.replicas=3/, `${described.stdout}${described.stderr}${after.output()}`);
});
