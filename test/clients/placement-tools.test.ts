/** Apache Kafka's tools that place replicas and elect leaders, where a broker that they need is away. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { AlterPartitionReassignmentsResponse } from '#engine/protocol/generated/alter-partition-reassignments-response.js';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { ask } from '../support/cluster-calls.ts';
import { eventually, MillraceCluster } from '../support/millrace-cluster.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const tools = new ApacheTools();
const home = makeTempDir('millrace-placement-tools-');
const cleanUp: (() => Promise<void>)[] = [];
let cluster: MillraceCluster;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  const members = [1, 2, 3].map((id) => ({ id, of: 'millrace', roles: 'broker,controller' }) as const);
  cluster = await MillraceCluster.start(members, { after: (run) => cleanUp.push(run) });
});

after(async () => {
  tools.close();
  for (const run of cleanUp) await run();
  removeTempDir(home);
});

function run(main: string, ...args: string[]): Promise<string> {
  return tools.output(main, ['--bootstrap-server', cluster.bootstrap(), ...args]);
}

function json(name: string, content: object): string {
  const file = join(home, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

interface Placed {
  readonly leader: string;
  readonly replicas: string;
  /** In order of their ids. */
  readonly isr: string;
}

async function placed(topic: string): Promise<Placed[]> {
  const shown = await run(tool.topics, '--describe', '--topic', topic);
  return [...shown.matchAll(/Leader: (\S+)\s+Replicas: (\S+)\s+Isr: (\S*)/g)].map(([, leader, replicas, isr]) => ({
    leader: leader!,
    replicas: replicas!,
    isr: isr!.split(',').sort().join(','),
  }));
}

function untilPlaced(topic: string, ...expected: Placed[]): Promise<true> {
  return eventually(
    async () => {
      const found = await placed(topic);
      return JSON.stringify(found) === JSON.stringify(expected) ? true : undefined;
    },
    `${topic} as ${JSON.stringify(expected)}`,
  );
}

interface Plan {
  readonly partitions: readonly { readonly partition: number; readonly replicas: readonly number[] }[];
}

test('kafka-reassign-partitions proposes a move, makes it, and cancels one that cannot come to its end', async (t) => {
  if (!requireApacheKafka(t)) return;
  await run(tool.topics, '--create', '--topic', 'moved', '--replica-assignment', '1:2,2:1');
  await run(tool.topics, '--create', '--topic', 'stuck', '--replica-assignment', '1:2');
  const topics = json('topics', { version: 1, topics: [{ topic: 'moved' }] });
  const generate = ['--topics-to-move-json-file', topics, '--broker-list', '3', '--generate'];
  const refused = await tools.run(tool.reassignPartitions, ['--bootstrap-server', cluster.bootstrap(), ...generate]);
  assert.match(refused.stdout + refused.stderr, /replication factor of 2 cannot be reached/);
  const two = ['--topics-to-move-json-file', topics, '--broker-list', '2,3', '--generate'];
  const proposed = await run(tool.reassignPartitions, ...two);
  const [current, proposal] = proposed.split('\n').filter((line) => line.startsWith('{'));
  assert.deepEqual(
    (JSON.parse(current!) as Plan).partitions.map(({ replicas }) => replicas),
    [
      [1, 2],
      [2, 1],
    ],
  );
  const plan = JSON.parse(proposal!) as Plan;
  const file = ['--reassignment-json-file', json('proposal', plan)];
  await run(tool.reassignPartitions, ...file, '--execute');
  const expected = plan.partitions.map(({ replicas }) => `${replicas.join(',')} in sync 2,3`);
  await eventually(async () => {
    const found = await placed('moved');
    return found.map(({ replicas, isr }) => `${replicas} in sync ${isr}`).join() === expected.join() ? true : undefined;
  }, expected.join());
  assert.match(
    await run(tool.reassignPartitions, ...file, '--verify'),
    /moved-0 is completed[\s\S]*moved-1 is completed/,
  );

  // What moves to a broker that is away waits for it. The tool asks for no such move, but other clients may.
  await cluster.kill(3);
  const away = [{ partitionIndex: 0, replicas: [2, 3] }];
  const asked = { timeoutMs: 30_000, topics: [{ name: 'stuck', partitions: away }] };
  const answer = await ask<AlterPartitionReassignmentsResponse>(
    cluster.portOf(1),
    apiKey.AlterPartitionReassignments,
    1,
    asked,
  );
  assert.equal(answer.responses[0]!.partitions[0]!.errorCode, 0);
  const partitions = [{ topic: 'stuck', partition: 0, replicas: [2, 3] }];
  const stuck = ['--reassignment-json-file', json('stuck', { version: 1, partitions })];
  assert.match(await run(tool.reassignPartitions, '--list'), /stuck-0: replicas: 2,3,1\. adding: 3\. removing: 1\./);
  assert.match(await run(tool.reassignPartitions, ...stuck, '--verify'), /stuck-0 is still in progress/);
  assert.match(
    await run(tool.reassignPartitions, ...stuck, '--cancel', '--preserve-throttles'),
    /Successfully cancelled .* for: stuck-0/,
  );
  assert.match(await run(tool.reassignPartitions, '--list'), /No partition reassignments found/);
  // It is on the brokers that it was on, in the order that the move had given them.
  await untilPlaced('stuck', { leader: '1', replicas: '2,1', isr: '1,2' });
  await cluster.node(3).restart();
});

test('kafka-leader-election elects a replica that is behind when told to, and the preferred one again', async (t) => {
  if (!requireApacheKafka(t)) return;
  const topic = 'unclean';
  await run(tool.topics, '--create', '--topic', topic, '--replica-assignment', '1:2');
  await untilPlaced(topic, { leader: '1', replicas: '1,2', isr: '1,2' });
  const produce = (line: string): Promise<string> =>
    tools.output(tool.consoleProducer, ['--bootstrap-server', cluster.bootstrap(), '--topic', topic, '--sync'], {
      input: `${line}\n`,
    });
  await produce('on both');
  await cluster.kill(2);
  await untilPlaced(topic, { leader: '1', replicas: '1,2', isr: '1' });
  await produce('on the first alone');
  await cluster.kill(1);
  await cluster.node(2).restart();
  await untilPlaced(topic, { leader: 'none', replicas: '1,2', isr: '' }).catch(async (error: unknown) => {
    throw new Error(JSON.stringify(await placed(topic)), { cause: error });
  });
  const one = ['--topic', topic, '--partition', '0'];
  const preferred = ['--bootstrap-server', cluster.bootstrap(), '--election-type', 'PREFERRED', ...one];
  const refused = await tools.run(tool.leaderElection, preferred);
  assert.match(refused.stdout + refused.stderr, /PreferredLeaderNotAvailableException/);
  const elected = await run(tool.leaderElection, '--election-type', 'UNCLEAN', ...one);
  assert.match(elected, /Successfully completed leader election \(UNCLEAN\) for partitions unclean-0/);
  await untilPlaced(topic, { leader: '2', replicas: '1,2', isr: '2' });
  await produce('on the second alone');
  await cluster.node(1).restart();
  await untilPlaced(topic, { leader: '2', replicas: '1,2', isr: '1,2' });
  const named = json('election', { partitions: [{ topic, partition: 0 }] });
  const back = await run(tool.leaderElection, '--election-type', 'PREFERRED', '--path-to-json-file', named);
  assert.match(back, /Successfully completed leader election \(PREFERRED\) for partitions unclean-0/);
  await untilPlaced(topic, { leader: '1', replicas: '1,2', isr: '1,2' });
  const read = ['--topic', topic, '--from-beginning', '--max-messages', '2', '--timeout-ms', '30000'];
  assert.equal(await run(tool.consoleConsumer, ...read), 'on both\non the second alone\n');
});
