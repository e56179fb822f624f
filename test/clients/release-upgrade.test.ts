/** A running cluster goes from the metadata of Apache Kafka 3.9 to that of 4.3, and a step back, while it is used. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Load } from '../chaos/load.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { createTopic } from '../support/cluster-calls.ts';
import { eventually, MillraceCluster } from '../support/millrace-cluster.ts';

const tools = new ApacheTools();
after(() => tools.close());

test('kafka-features takes a running cluster from metadata.version 3.9 to 4.3', async (t) => {
  if (!requireApacheKafka(t)) return;
  const members = [1, 2, 3].map((id) => ({ id, of: 'millrace', roles: 'broker,controller' }) as const);
  const cluster = await MillraceCluster.start(members, t, ['--release-version', '3.9', '--initial-controllers']);
  const topic = 'carried-over';
  assert.equal(await createTopic(cluster.portOf(1), topic, 2, 3), 0);
  const ports = new Map(members.map(({ id }) => [id, cluster.portOf(id)]));
  const load = new Load({ ports, topic, partitions: 2 });
  load.begin();
  t.after(() => load.abandon());
  assert.deepEqual(await load.progressed(30_000), []);

  const run = (...args: string[]): Promise<string> =>
    tools.output(tool.features, ['--bootstrap-server', cluster.bootstrap(), ...args]);
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await tools.run(tool.features, [
      '--bootstrap-server',
      cluster.bootstrap(),
      ...args,
    ]);
    assert.notEqual(code, 0, stdout);
    return stdout + stderr;
  };
  /** As every broker says, and every controller. */
  const everywhere = async (level: string): Promise<void> => {
    for (const { id } of members) {
      for (const [flag, port] of [
        ['--bootstrap-server', cluster.portOf(id)],
        ['--bootstrap-controller', cluster.controllerPortOf(id)],
      ] as const) {
        await eventually(async () => {
          const shown = await tools.output(tool.features, [flag, `127.0.0.1:${port}`, 'describe']);
          const line = shown.split('\n').find((each) => each.includes('metadata.version'));
          return line?.includes(`FinalizedVersionLevel: ${level}`) ? true : undefined;
        }, `${level} by node ${id} (${flag})`);
      }
    }
  };
  await everywhere('3.9-IV0');
  assert.match(await refused('upgrade', '--feature', 'metadata.version=99'), /metadata\.version/);
  assert.match(await run('upgrade', '--release-version', '4.3', '--dry-run'), /metadata\.version can be upgraded/);
  await everywhere('3.9-IV0');
  for (const release of ['4.0', '4.3']) {
    assert.match(await run('upgrade', '--release-version', release), /metadata\.version was upgraded to/);
    assert.equal(await createTopic(cluster.portOf(2), `made-at-${release}`, 1, 3), 0);
    assert.deepEqual(await load.progressed(30_000), []);
  }
  await everywhere('4.3-IV0');
  // A restart reads a log whose levels changed half-way.
  await cluster.node(3).stop();
  await cluster.node(3).restart();
  assert.deepEqual(await load.progressed(30_000), []);
  assert.match(await refused('downgrade', '--release-version', '3.9'), /metadata\.version/);
  await everywhere('4.3-IV0');

  await load.end();
  assert.deepEqual(load.findings(await load.readAll(30_000), []), []);
  const topics = await tools.output(tool.topics, ['--bootstrap-server', cluster.bootstrap(3), '--list']);
  assert.deepEqual(topics.trim().split('\n').sort(), [topic, 'made-at-4.0', 'made-at-4.3']);
});
