/** Apache Kafka's consumers and group tools: the same against a node of ours as against one of Apache's. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { type SideBySide, type Substitution, startSideBySide } from '../support/side-by-side.ts';
import type { Skippable } from '../support/skip.ts';

let started: Promise<SideBySide> | undefined;

/** The pair of nodes that the tests of this file share, or null where Apache Kafka cannot be run. */
async function pair(t: Skippable): Promise<SideBySide | null> {
  if (!requireApacheKafka(t)) return null;
  started ??= startSideBySide();
  return started;
}

after(async () => (await started)?.close());

/** Ids of members are of chance. */
const also: Substitution[] = [[/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID']];

const lines = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}\n`).join('');

test('ConsoleConsumer reads a topic in a group, and goes on where it stopped', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  for (const topic of ['x', 'y']) {
    await nodes.same(tool.topics, ['--create', '--topic', topic, '--partitions', '1']);
    await nodes.same(tool.consoleProducer, ['--topic', topic], { input: lines(10, topic) });
  }
  const consume = (group: string, count: number, ...args: string[]): Promise<string> => {
    const asked = ['--topic', 'x', '--group', group, '--max-messages', String(count), '--timeout-ms', '120000'];
    return nodes.same(tool.consoleConsumer, [...asked, ...args]);
  };
  assert.match(await consume('g', 4, '--from-beginning'), /^0\nx0\nx1\nx2\nx3\n/);
  assert.match(await consume('g', 6), /^0\nx4\nx5\nx6\nx7\nx8\nx9\n/);
  assert.match(await consume('other', 2, '--command-property', 'auto.offset.reset=earliest'), /^0\nx0\nx1\n/);
});

test('ConsumerGroupCommand lists and describes groups without members', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]): Promise<string> => nodes.same(tool.consumerGroups, args, { also });
  assert.match(await run('--list'), /^0\n(g\nother|other\ng)\n/);
  assert.match(await run('--list', '--state'), /Empty/);
  await run('--list', '--state', 'stable');
  await run('--list', '--type', 'classic');
  assert.match(await run('--describe', '--group', 'g'), /g +x +0 +10 +10 +0/);
  assert.match(await run('--describe', '--group', 'other', '--offsets'), /other +x +0 +2 +10 +8/);
  await run('--describe', '--group', 'g', '--state');
  await run('--describe', '--group', 'g', '--members');
  await run('--describe', '--group', 'none');
  await run('--describe', '--group', 'none', '--state');
});

test('ConsumerGroupCommand resets and deletes offsets, and deletes groups', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]): Promise<string> => nodes.same(tool.consumerGroups, args, { also });
  const reset = (...args: string[]): Promise<string> => run('--reset-offsets', '--group', 'g', ...args);
  assert.match(await reset('--topic', 'x', '--to-earliest', '--dry-run'), /g +x +0 +0/);
  assert.match(await reset('--topic', 'x', '--to-offset', '3', '--execute'), /g +x +0 +3/);
  assert.match(await reset('--all-topics', '--shift-by', '2', '--execute'), /g +x +0 +5/);
  await reset('--topic', 'y:0', '--to-latest', '--execute');
  await reset('--topic', 'x', '--to-current', '--export', '--dry-run');
  await reset('--topic', 'x', '--to-datetime', '2020-01-01T00:00:00.000', '--dry-run');
  assert.match(await run('--describe', '--group', 'g'), /g +x +0 +5 +10 +5/);
  await run('--reset-offsets', '--group', 'new', '--topic', 'x', '--to-earliest', '--execute');
  assert.match(await run('--describe', '--group', 'new'), /new +x +0 +0 +10 +10/);
  await run('--delete-offsets', '--group', 'g', '--topic', 'y');
  await run('--delete-offsets', '--group', 'g', '--topic', 'nope');
  await run('--delete-offsets', '--group', 'none', '--topic', 'x');
  await run('--describe', '--group', 'g');
  await run('--delete', '--group', 'new', '--group', 'none');
  await run('--list');
});

test('deleting a topic deletes the offsets that groups had of it', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  await nodes.same(tool.consumerGroups, [
    '--reset-offsets',
    '--group',
    'g',
    '--topic',
    'y',
    '--to-latest',
    '--execute',
  ]);
  await nodes.same(tool.topics, ['--delete', '--topic', 'y']);
  await nodes.same(tool.topics, ['--create', '--topic', 'y', '--partitions', '1']);
  const text = await nodes.same(tool.consumerGroups, ['--describe', '--group', 'g']);
  assert.doesNotMatch(text, /g +y /);
});

test('ConsumerPerformance reads all in a group', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const { tools, ours } = nodes;
  await tools.output(tool.topics, [
    '--bootstrap-server',
    ours.bootstrap,
    '--create',
    '--topic',
    'perf',
    '--partitions',
    '3',
  ]);
  const produced = ['--topic', 'perf', '--num-records', '20000', '--record-size', '100', '--throughput', '-1'];
  const server = `bootstrap.servers=${ours.bootstrap}`;
  await tools.output(tool.producerPerformance, [...produced, '--producer-props', server]);
  const text = await tools.output(tool.consumerPerformance, [
    ...['--bootstrap-server', ours.bootstrap, '--topic', 'perf', '--group', 'perf'],
    ...['--num-records', '20000', '--timeout', '120000'],
  ]);
  assert.match(text, /, 20000, /);
});

test('VerifiableConsumers in one group share the partitions, commit, and read everything once', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const { tools, ours } = nodes;
  const topic = 'shared';
  await tools.output(tool.topics, [
    '--bootstrap-server',
    ours.bootstrap,
    '--create',
    '--topic',
    topic,
    '--partitions',
    '4',
  ]);
  const machines = [new ApacheTools(), new ApacheTools()];
  t.after(() => {
    for (const machine of machines) machine.close();
  });
  let areDone = false;
  const consumers = machines.map((machine) =>
    machine.output(tool.verifiableConsumer, [
      ...['--bootstrap-server', ours.bootstrap, '--topic', topic, '--group-id', 'v', '--max-messages', '200'],
      ...['--reset-policy', 'earliest'],
    ]),
  );
  const both = Promise.all(consumers).finally(() => {
    areDone = true;
  });
  // Each stops after so many, so there have to be records until both have had theirs.
  while (!areDone) {
    await tools.output(tool.consoleProducer, ['--bootstrap-server', ours.bootstrap, '--topic', topic], {
      input: lines(400, 'm'),
    });
  }
  for (const text of await both) {
    const events = text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as VerifiableEvent);
    const names = new Set(events.map(({ name }) => name));
    for (const name of ['partitions_assigned', 'records_consumed', 'offsets_committed', 'shutdown_complete']) {
      assert.ok(names.has(name), `${name}: ${[...names].join(' ')}`);
    }
    const failed = events.filter(({ name, success }) => name === 'offsets_committed' && success === false);
    assert.deepEqual(failed, []);
  }
});

interface VerifiableEvent {
  readonly name: string;
  readonly success?: boolean;
}
