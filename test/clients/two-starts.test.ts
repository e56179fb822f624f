/** One directory, one node: a second start, of ours or of Apache Kafka, is refused and changes nothing. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka, runTool } from '../support/apache-kafka.ts';
import { freePorts } from '../support/free-port.ts';
import {
  type EndedNode,
  plainProperties,
  propertiesText,
  runRefusedMillrace,
  startMillrace,
} from '../support/millrace.ts';
import { RawKafka } from '../support/raw-kafka.ts';
import { fetchAll } from '../support/read-partition.ts';
import { runCommand } from '../support/run-command.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const root = join(import.meta.dirname, '../..');

/** Every file under a directory with its content and its time of change. Lock files are left out. */
function snapshot(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(directory, { recursive: true }).map(String).sort()) {
    if (name === '.lock') continue;
    const path = join(directory, name);
    const { mtimeMs } = statSync(path);
    const content = statSync(path).isFile() ? createHash('sha1').update(readFileSync(path)).digest('hex') : '';
    files.set(name, `${mtimeMs} ${content}`);
  }
  return files;
}

/** A properties file for a node on ports of its own. */
async function propertiesFile(
  t: TestContext,
  directory: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [port, controllerPort] = await freePorts(2);
  const file = join(tempDirFor(t), 'server.properties');
  writeFileSync(file, propertiesText({ ...plainProperties(port, controllerPort, directory), ...more }));
  return file;
}

/**
 * Apache Kafka as a controller alone: it takes the lock before it opens the metadata log. A node that is a broker too
 * takes it only afterwards, and until then it writes into a log that is not its own.
 */
async function controllerFile(t: TestContext, directory: string): Promise<string> {
  const [, controllerPort] = await freePorts(2);
  const listener = `CONTROLLER://127.0.0.1:${controllerPort}`;
  const roles = { 'process.roles': 'controller', listeners: listener, 'advertised.listeners': listener };
  return propertiesFile(t, directory, {
    ...roles,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
  });
}

function assertRefused({ code, stdout, stderr }: EndedNode, reason: RegExp): void {
  assert.equal(code, 1, stdout + stderr);
  assert.match(stderr, /^millrace: [^\n]+\n$/);
  assert.match(stderr, reason);
  assert.doesNotMatch(stdout, /serving on/);
}

test('npm start twice: the first serves, the second is refused in one line and touches no file', async (t) => {
  const directory = tempDirFor(t);
  const [port, controllerPort] = await freePorts(2);
  const file = join(tempDirFor(t), 'server.properties');
  writeFileSync(file, propertiesText(plainProperties(port, controllerPort, directory)));
  const node = await startMillrace({ properties: plainProperties(port, controllerPort, directory) }, t);
  const formatted = node.lines.filter((line) => line.includes('formatted '));
  assert.equal(formatted.length, 1);
  await node.stop();
  await node.restart();
  assert.ok(!node.output().includes('formatted '));
  // The same ports: refused for the ports, whatever else may be.
  const second = await runCommand('npm', ['start', '--silent', '--', file], { cwd: root });
  assert.notEqual(second.code, 0);
  assert.match(second.stderr, /^millrace: .*\b(in use|EADDRINUSE)\b/m);
  // Ports of its own: refused for the directory, while the quiet node's files stay as they are.
  const other = await propertiesFile(t, directory);
  const before = [...snapshot(directory).keys()];
  const third = await runCommand('npm', ['start', '--silent', '--', other], { cwd: root });
  assert.notEqual(third.code, 0);
  assert.match(
    third.stderr,
    new RegExp(`^millrace: log directory ${directory} is in use by process ${node.pid}\\b.*$`, 'm'),
  );
  assert.deepEqual([...snapshot(directory).keys()], before);
  await node.stop();
});

test('a directory that Apache Kafka holds is refused, and Apache Kafka refuses ours', async (t) => {
  if (!requireApacheKafka(t)) return;
  const directory = tempDirFor(t);
  const apache = await startApacheKafka({ logDirectory: directory });
  t.after(() => apache.kill());
  const names = [...snapshot(directory).keys()];
  assertRefused(await runRefusedMillrace([await propertiesFile(t, directory)]), /is in use by process \d+ \(java\)/);
  assert.deepEqual([...snapshot(directory).keys()], names);
  await apache.stop();

  const node = await startMillrace({ directory: join(tempDirFor(t), 'ours') }, t);
  const keep = async (value: string): Promise<void> => {
    const client = await RawKafka.connect(node.port);
    const records = new BatchBuilder().append(Date.now(), null, Buffer.from(value)).build(checksum);
    assert.equal((await client.produce('kept', records)).errorCode, 0);
    client.close();
  };
  const creator = await RawKafka.connect(node.port);
  await creator.createTopics({ kept: {} });
  creator.close();
  await keep('before');
  const file = await controllerFile(t, node.directory);
  const refused = await runTool('kafka.Kafka', [file]);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stdout + refused.stderr, /lock/i);
  await keep('after');
  await node.stop();
  await node.restart();
  assert.deepEqual(
    (await fetchAll(node.port, 'kept', 0)).map(({ value }) => value),
    ['before', 'after'],
  );
  await node.stop();
});

test('a directory of another node or of another cluster is refused, and left alone', async (t) => {
  const [one, two, both] = [tempDirFor(t), tempDirFor(t), tempDirFor(t)];
  for (const directory of [one, two]) await (await startMillrace({ directory }, t)).stop();
  const before = [snapshot(one), snapshot(two)];
  assertRefused(await runRefusedMillrace([await propertiesFile(t, one, { 'node.id': '7' })]), /node/i);
  assertRefused(await runRefusedMillrace([await propertiesFile(t, `${one},${two}`)]), /cluster/i);
  assertRefused(await runRefusedMillrace([await propertiesFile(t, one, { 'metadata.log.dir': both })]), /./);
  assert.deepEqual([snapshot(one), snapshot(two)], before);
});

test('a first start formats every directory and says so in one line', async (t) => {
  const home = tempDirFor(t);
  const [a, b] = [join(home, 'a'), join(home, 'b')];
  const node = await startMillrace({ properties: { 'log.dirs': `${a},${b}` } }, t);
  const said = node.lines.filter((line) => line.includes('formatted '));
  assert.equal(said.length, 1);
  assert.ok(said[0].includes(`formatted ${a}, ${b} for a new cluster of one node`), said[0]);
  const ids = [a, b].map((directory) => readFileSync(join(directory, 'meta.properties'), 'utf8'));
  assert.match(ids[0], /^cluster\.id=/m);
  const line = (name: string, text: string) => text.split('\n').find((each) => each.startsWith(name));
  assert.equal(line('cluster.id', ids[0]), line('cluster.id', ids[1]));
  assert.notEqual(line('directory.id', ids[0]), line('directory.id', ids[1]));
  await node.stop();
});

test('a properties file that cannot be is refused in one line', async (t) => {
  const directory = tempDirFor(t);
  const wrong: readonly Record<string, string>[] = [
    { 'num.partitions': 'many' },
    { listeners: 'PLAINTEXT' },
    { 'log.retention.bytes': '1.5' },
  ];
  for (const properties of wrong) {
    const { code, stderr } = await runRefusedMillrace([await propertiesFile(t, directory, properties)]);
    assert.notEqual(code, 0);
    assert.match(stderr, /^millrace: [^\n]+\n$/);
  }
  const absent = await runRefusedMillrace([join(directory, 'absent.properties')]);
  assert.match(absent.stderr, /^millrace: cannot read .*absent\.properties[^\n]*\n$/);
  assert.deepEqual(readdirSync(directory), []);
});
