/** Groups of librdkafka, kafkajs and @platformatic/kafka consumers: members come and go, and everything is read. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { Consumer as PlatformaticConsumer, stringDeserializers } from '@platformatic/kafka';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { kcatPath, requireKcat, runKcat } from '../support/kcat.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { dieWithUs } from '../support/run-command.ts';
import { patienceMs, until } from '../support/until.ts';

const properties = {
  'num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'group.initial.rebalance.delay.ms': '100',
};

const values = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

function kafkaOf(node: Millrace): Kafka {
  return new Kafka({
    clientId: 'test',
    brokers: [node.bootstrap],
    connectionTimeout: patienceMs,
    logLevel: logLevel.NOTHING,
  });
}

async function produce(t: TestContext, node: Millrace, topic: string, sent: readonly string[]): Promise<void> {
  const producer = kafkaOf(node).producer();
  await producer.connect();
  t.after(() => producer.disconnect());
  const messages = sent.map((value, index) => ({ value, partition: index % 4 }));
  await producer.send({ topic, messages });
}

test('kafkajs: members of a group come and go, and every record is read', async (t) => {
  const node = await startMillrace({ properties }, t);
  const kafka = kafkaOf(node);
  const got = new Set<string>();
  const shares = new Map<string, number>();
  const join = async (name: string): Promise<Consumer> => {
    const consumer = kafka.consumer({ groupId: 'g', sessionTimeout: 60_000, heartbeatInterval: 200 });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      shares.set(name, (payload.memberAssignment.all ?? []).length);
    });
    await consumer.connect();
    await consumer.subscribe({ topic: 'all', fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        got.add(message.value!.toString());
      },
    });
    return consumer;
  };
  const first = values(200, 'a');
  await produce(t, node, 'all', first);
  const one = await join('one');
  t.after(() => one.disconnect());
  await until(() => got.size === first.length, 'one has read what was there');
  assert.equal(shares.get('one'), 4);
  const two = await join('two');
  t.after(() => two.disconnect());
  await until(() => shares.get('one') === 2 && shares.get('two') === 2, 'they share');
  await produce(t, node, 'all', values(200, 'b'));
  await until(() => got.size === 400, 'both have read');
  const admin = kafka.admin();
  await admin.connect();
  t.after(() => admin.disconnect());
  const { groups } = await admin.describeGroups(['g']);
  assert.deepEqual([groups[0]!.state, groups[0]!.members.length, groups[0]!.protocolType], ['Stable', 2, 'consumer']);
  await one.disconnect();
  await until(() => shares.get('two') === 4, 'two has all');
  await produce(t, node, 'all', values(200, 'c'));
  await until(() => got.size === 600, 'two has read all');
  await two.disconnect();
  await until(async () => (await admin.describeGroups(['g'])).groups[0]!.state === 'Empty', 'the group is empty');
  const [{ partitions }] = await admin.fetchOffsets({ groupId: 'g', topics: ['all'] });
  assert.equal(
    partitions.reduce((sum, { offset }) => sum + Number(offset), 0),
    600,
  );
  assert.deepEqual((await admin.listGroups()).groups, [{ groupId: 'g', protocolType: 'consumer' }]);
  await admin.resetOffsets({ groupId: 'g', topic: 'all', earliest: true });
  await admin.deleteGroups(['g']);
  assert.deepEqual((await admin.listGroups()).groups, []);
});

test('a member that dies without leaving is put out after its session, and the others read on', async (t) => {
  if (!requireKcat(t)) return;
  const node = await startMillrace({ properties }, t);
  await produce(t, node, 'all', values(100, 'a'));
  const dying = member(t, node, 'dies');
  await until(() => dying.lines.length >= 100, 'the first has read');
  const living = member(t, node, 'lives');
  await until(async () => (await stateOf(node, 'g')).members === 2, 'both are members');
  dying.kill();
  await until(async () => (await stateOf(node, 'g')).members === 1, 'one is left');
  await produce(t, node, 'all', values(100, 'b'));
  await until(() => values(100, 'b').every((value) => living.lines.includes(value)), 'the other reads all');
});

test('kcat joins a group, commits, and goes on where the group stopped', async (t) => {
  if (!requireKcat(t)) return;
  const node = await startMillrace({ properties }, t);
  await produce(t, node, 'all', values(100, 'a'));
  const consume = async (): Promise<string[]> => {
    const args = ['-b', node.bootstrap, '-G', 'k', '-q', '-e', '-X', 'auto.offset.reset=earliest', 'all'];
    const { code, stdout, stderr } = await runKcat(args);
    assert.equal(code, 0, stderr);
    return stdout.split('\n').filter((line) => line !== '');
  };
  assert.deepEqual((await consume()).sort(), values(100, 'a').sort());
  await produce(t, node, 'all', values(50, 'b'));
  assert.deepEqual((await consume()).sort(), values(50, 'b').sort());
});

test('kcat: static members and cooperative rebalances', async (t) => {
  if (!requireKcat(t)) return;
  const node = await startMillrace({ properties }, t);
  await produce(t, node, 'all', values(100, 'a'));
  const cooperative = ['-X', 'partition.assignment.strategy=cooperative-sticky'];
  const one = member(t, node, 'one', ...cooperative, '-X', 'group.instance.id=one');
  await until(() => one.lines.length >= 100, 'the first has read');
  const two = member(t, node, 'two', ...cooperative, '-X', 'group.instance.id=two');
  await until(async () => (await stateOf(node, 'g')).members === 2, 'two members');
  const all = (): string[] => [...one.lines, ...two.lines].sort();
  const sent = values(100, 'a');
  // Partitions change hands in two rounds: there have to be records until both have some.
  for (let round = 0; two.lines.length === 0; round++) {
    const more = values(20, `b${round}-`);
    sent.push(...more);
    await produce(t, node, 'all', more);
    await until(() => all().length >= sent.length, 'they read what comes');
  }
  assert.deepEqual(all(), sent.sort());
  // Static members do not leave: the next of the same name takes the place at once.
  two.kill();
  const again = member(t, node, 'again', ...cooperative, '-X', 'group.instance.id=two');
  await produce(t, node, 'all', values(100, 'c'));
  await until(() => again.lines.some((line) => line.startsWith('c')), 'it reads on');
  assert.equal((await stateOf(node, 'g')).members, 2);
});

test('@platformatic/kafka: a group of two reads all and commits', async (t) => {
  const node = await startMillrace({ properties }, t);
  await produce(t, node, 'all', values(200, 'a'));
  const got = new Set<string>();
  const consumers: PlatformaticConsumer<string, string, string, string>[] = [];
  const join = async (): Promise<void> => {
    const consumer = new PlatformaticConsumer({
      clientId: 'test',
      groupId: 'p',
      bootstrapBrokers: [node.bootstrap],
      deserializers: stringDeserializers,
      sessionTimeout: 60_000,
      connectTimeout: patienceMs,
      heartbeatInterval: 300,
    });
    consumers.push(consumer);
    const stream = await consumer.consume({
      topics: ['all'],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: true,
    });
    stream.on('data', ({ value }: { value: string }) => got.add(value));
  };
  try {
    await join();
    await until(() => got.size === 200, 'the first has read');
    await join();
    await until(async () => (await stateOf(node, 'p')).members === 2, 'two members');
    await produce(t, node, 'all', values(200, 'b'));
    await until(() => got.size === 400, 'they read on');
  } finally {
    // While the node is there: they commit once more.
    for (const consumer of consumers) await consumer.close(true);
  }
});

interface Member {
  readonly lines: string[];
  kill(): void;
}

/** A kcat in the group g, until it is killed. */
function member(t: TestContext, node: Millrace, name: string, ...args: string[]): Member {
  const times = ['session.timeout.ms=10000', 'heartbeat.interval.ms=500', 'auto.commit.interval.ms=100'];
  const settings = ['auto.offset.reset=earliest', ...times];
  const options = [`client.id=${name}`, ...settings].flatMap((setting) => ['-X', setting]);
  const child = spawn(kcatPath()!, ['-b', node.bootstrap, '-G', 'g', '-q', '-u', ...options, ...args, 'all'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  dieWithUs(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  t.after(kill);
  return { lines, kill };
}

async function stateOf(node: Millrace, groupId: string): Promise<{ state: string; members: number }> {
  const admin = kafkaOf(node).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([groupId]);
  await admin.disconnect();
  return { state: groups[0]!.state, members: groups[0]!.members.length };
}
