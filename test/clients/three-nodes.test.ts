/** The commands of docs/three-nodes.md, run as they stand there, with three hosts that are directories on this machine. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { apacheKafkaClasspath, javaFlags, requireApacheKafka } from '../support/apache-kafka.ts';
import { tool } from '../support/apache-tools.ts';
import { isRunning, killDaemonAfter, pidOf } from '../support/daemon.ts';
import { freePorts } from '../support/free-port.ts';
import { type CommandResult, runCommand } from '../support/run-command.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/three-nodes.md'), 'utf8');
/** No other test's nodes have these ids, or a stop by id would stop them too. */
const firstNodeId = 73_101;

interface Host {
  readonly nodeId: number;
  readonly home: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** The blocks of the page, in order, by the word behind their language. */
function blocks(kind: string): string[] {
  return [...page.matchAll(/```(\w+)(?: (\w+))?\n([\s\S]*?)```/g)]
    .filter((match) => (match[2] ?? match[1]) === kind)
    .map((match) => match[3]);
}

/** A block as it is meant on one of the hosts. */
function meant(text: string, hosts: readonly Host[], at: number, ids: readonly string[]): string {
  let own = text
    .replace(/node\.id=1\b/, `node.id=${hosts[at].nodeId}`)
    .replace(/--node-id 1\b/, `--node-id ${hosts[at].nodeId}`)
    .replace(/:\/\/host1:/g, `://host${at + 1}:`)
    .replace('CLUSTER_ID', ids[0]);
  for (const [index, { nodeId, port, controllerPort }] of hosts.entries()) {
    const name = `host${index + 1}`;
    own = own
      .replaceAll(`${index + 1}@${name}:`, `${nodeId}@${name}:`)
      .replaceAll(`${name}:9092`, `127.0.0.1:${port}`)
      .replaceAll(`${name}:9093`, `127.0.0.1:${controllerPort}`)
      .replaceAll(`DIRECTORY_ID_${index + 1}`, ids[index + 1]);
  }
  return own;
}

async function makeHosts(t: TestContext): Promise<Host[]> {
  const ports = await freePorts(6);
  return [0, 1, 2].map((index) => {
    const home = tempDirFor(t);
    symlinkSync(join(root, 'bin'), join(home, 'bin'));
    mkdirSync(join(home, 'config'));
    const host = { nodeId: firstNodeId + index, home, port: ports[2 * index], controllerPort: ports[2 * index + 1] };
    killDaemonAfter(t, home, host.nodeId);
    return host;
  });
}

/** Apache Kafka's scripts by their names, as in a download. */
function makeTools(t: TestContext): string {
  const directory = tempDirFor(t);
  const classes = {
    'kafka-topics.sh': tool.topics,
    'kafka-console-producer.sh': tool.consoleProducer,
    'kafka-console-consumer.sh': tool.consoleConsumer,
  };
  for (const [name, mainClass] of Object.entries(classes)) {
    const command = ['java', ...javaFlags(128), '-cp', apacheKafkaClasspath()!, mainClass];
    writeFileSync(join(directory, name), `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`);
    chmodSync(join(directory, name), 0o755);
  }
  return directory;
}

async function run(script: string, host: Host, path = ''): Promise<CommandResult> {
  const env = {
    LOG_DIR: join(host.home, 'logs'),
    PATH: `${path}:${process.env.PATH}`,
  };
  const ran = await runCommand('/bin/sh', ['-ec', script], { cwd: host.home, env });
  assert.equal(ran.code, 0, `${script}\n${ran.stdout}\n${ran.stderr}`);
  return ran;
}

test('the page on three nodes is followed step by step', async (t) => {
  if (!requireApacheKafka(t)) return;
  const hosts = await makeHosts(t);
  const [once] = blocks('once');
  const [properties] = blocks('properties');
  const [formats, starts, stops] = blocks('every');
  const [use] = blocks('client');
  const ids = (await run(once, hosts[0])).stdout.trim().split('\n');
  assert.equal(new Set(ids).size, 4);
  for (const [at, host] of hosts.entries()) {
    const own = `${meant(properties, hosts, at, ids)}millrace.metrics.listener=\n`;
    writeFileSync(join(host.home, 'config/server.properties'), own);
    const { stdout } = await run(meant(formats, hosts, at, ids), host);
    assert.match(stdout, /Found log directory:/);
    assert.ok(stdout.includes(`cluster.id=${ids[0]}, directory.id=${ids[at + 1]}, node.id=${host.nodeId}`), stdout);
  }
  await startAll(hosts, starts, ids);
  const used = await run(meant(use, hosts, 0, ids), hosts[0], makeTools(t));
  assert.match(used.stdout, /Created topic orders\.[\s\S]*ReplicationFactor: 3[\s\S]*one order/);
  for (const [at, host] of hosts.entries()) {
    const pid = pidOf(host.home, host.nodeId)!;
    await run(meant(stops, hosts, at, ids), host);
    await until(() => !isRunning(pid), `node ${host.nodeId} stops`);
    if (at < hosts.length - 1) await startAll([host], starts, ids);
  }
  for (const { home } of hosts) assert.match(readFileSync(join(home, 'logs/kafkaServer.out'), 'utf8'), /"stopped"/);
  const others = hosts.slice(0, 2).map((host) => pidOf(host.home, host.nodeId)!);
  for (const pid of others) process.kill(pid, 'SIGTERM');
  for (const pid of others) await until(() => !isRunning(pid), 'the others stop');
});

async function startAll(hosts: readonly Host[], starts: string, ids: readonly string[]): Promise<void> {
  const before = hosts.map(timesServed);
  for (const [at, host] of hosts.entries()) await run(meant(starts, hosts, at, ids), host);
  for (const [at, host] of hosts.entries()) {
    await until(() => timesServed(host) > before[at], `node ${host.nodeId} serves`);
  }
}

function timesServed({ home }: Host): number {
  const log = join(home, 'logs/kafkaServer.out');
  return existsSync(log) ? readFileSync(log, 'utf8').split('"serving on ').length - 1 : 0;
}
