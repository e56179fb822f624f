import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { createTopic, leaderOfQuorum, metadata } from '../support/cluster-calls.ts';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { eventually, type Member, MillraceCluster } from '../support/millrace-cluster.ts';

function peersAreThere(t: TestContext): boolean {
  return requireApacheKafka(t) && requireKcat(t);
}

async function produce(bootstrap: string, topic: string, text: string): Promise<void> {
  const args = ['-b', bootstrap, '-P', '-t', topic, '-X', 'acks=all', '-X', 'message.timeout.ms=200000'];
  const { code, stderr } = await runKcat(args, { input: text });
  assert.equal(code, 0, stderr);
}

async function consume(bootstrap: string, topic: string): Promise<string> {
  const args = ['-b', bootstrap, '-C', '-t', topic, '-e', '-o', 'beginning'];
  const { code, stdout, stderr } = await runKcat(args);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Every broker makes a topic, and writes to it; all brokers have it. */
async function everyBrokerServes(cluster: MillraceCluster, ids: readonly number[], replicas: number): Promise<void> {
  for (const id of ids) {
    const name = `made-by-${id}`;
    assert.equal(await createTopic(cluster.portOf(id), name, 3, replicas), 0);
    await produce(cluster.bootstrap(id), name, `one\ntwo of ${id}\n`);
    for (const other of ids) {
      await eventually(async () => {
        const [topic] = (await metadata(cluster.portOf(other), name)).topics;
        return topic!.errorCode === 0 ? true : undefined;
      }, `${name} on ${other}`);
      const lines = (await consume(cluster.bootstrap(other), name)).split('\n').sort();
      assert.deepEqual(lines, ['', 'one', `two of ${id}`]);
    }
  }
}

const pairs = [
  ['millrace', 'apache'],
  ['apache', 'millrace'],
] as const;

for (const [controller, broker] of pairs) {
  test(`a controller of ${controller} alone, with brokers of ${broker} and of both`, async (t) => {
    if (!peersAreThere(t)) return;
    const properties = { 'offsets.topic.replication.factor': '1' };
    const members: Member[] = [
      { id: 1, of: controller, roles: 'controller' },
      { id: 2, of: broker, roles: 'broker', properties },
      { id: 3, of: controller, roles: 'broker', properties },
    ];
    const cluster = await MillraceCluster.start(members, t);
    await everyBrokerServes(cluster, [2, 3], 2);
    assert.equal(await createTopic(cluster.portOf(2), 'made-by-3', 1), errorCode.TOPIC_ALREADY_EXISTS);
    assert.equal(await leaderOfQuorum(cluster.portOf(2)), 1);
  });
}

const quorums = [
  ['millrace', 'apache', 'apache'],
  ['apache', 'millrace', 'millrace'],
] as const;

for (const quorum of quorums) {
  test(`a quorum of ${quorum.join(', ')}: every broker serves, and does when the active controller has died`, async (t) => {
    if (!peersAreThere(t)) return;
    const properties = { 'min.insync.replicas': '2' };
    const members = quorum.map((of, index): Member => ({ id: index + 1, of, roles: 'broker,controller', properties }));
    const cluster = await MillraceCluster.start(members, t);
    await everyBrokerServes(cluster, [1, 2, 3], 3);
    const dead = await leaderOfQuorum(cluster.portOf(1));
    await cluster.kill(dead);
    const left = [1, 2, 3].filter((id) => id !== dead);
    for (const id of left) {
      const code = await createTopic(cluster.portOf(id), `without-${dead}-by-${id}`, 3, 2);
      assert.ok(code === 0 || code === errorCode.TOPIC_ALREADY_EXISTS, `${id}: ${code}`);
    }
    assert.ok(left.includes(await leaderOfQuorum(cluster.portOf(left[0]!))));
    for (const id of left) await produce(cluster.bootstrap(left[0]), `made-by-${id}`, 'three\n');
    for (const id of left) {
      const lines = (await consume(cluster.bootstrap(left[1]), `made-by-${id}`)).split('\n').sort();
      assert.deepEqual(lines, ['', 'one', 'three', `two of ${id}`]);
    }
  });
}
