/** Apache Kafka's tools that move replicas and leaderships, on a cluster of three nodes of ours. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { eventually, leaderOf, type QuorumNode, startQuorum } from '../support/quorum-processes.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const tools = new ApacheTools();
const home = makeTempDir('millrace-replica-tools-');
const cleanUp: (() => Promise<void>)[] = [];
let nodes: QuorumNode[] = [];
const bootstrap = (): string[] => ['--bootstrap-server', nodes.map(({ place }) => `127.0.0.1:${place.port}`).join(',')];

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  nodes = await startQuorum({ after: (run) => cleanUp.push(run) }, 3);
  await tools.output(tool.topics, [...bootstrap(), '--create', '--topic', 't', '--replica-assignment', '1:2,2:3']);
});

after(async () => {
  tools.close();
  for (const run of cleanUp) await run();
  removeTempDir(home);
});

function plan(name: string, replicas: readonly (readonly number[])[]): string {
  const file = join(home, `${name}.json`);
  const partitions = replicas.map((list, partition) => ({ topic: 't', partition, replicas: list }));
  writeFileSync(file, JSON.stringify({ version: 1, partitions }));
  return file;
}

async function describe(): Promise<string[]> {
  const shown = await tools.output(tool.topics, [...bootstrap(), '--describe', '--topic', 't']);
  const rows = shown.matchAll(/Partition: (\d+)\s+Leader: (\S+)\s+Replicas: (\S+)\s+Isr: (\S+)/g);
  return [...rows].map(([, partition, leader, replicas, isr]) => {
    const sorted = isr?.split(',').sort().join(',');
    return `${partition} led by ${leader} of ${replicas} in sync ${sorted}`;
  });
}

function eventuallyIs(expected: readonly string[]): Promise<true> {
  return eventually(expected.join(' | '), async () => {
    const shown = await describe();
    if (shown.join() === expected.join()) return true as const;
    throw new Error(shown.join(' | '));
  });
}

test("Apache's reassignment tool moves replicas, tells of the move, and throttles it", async (t) => {
  if (!requireApacheKafka(t)) return;
  await eventuallyIs(['0 led by 1 of 1,2 in sync 1,2', '1 led by 2 of 2,3 in sync 2,3']);
  const file = plan('move', [
    [3, 2],
    [2, 3, 1],
  ]);
  const args = [...bootstrap(), '--reassignment-json-file', file];
  const begun = await tools.output(tool.reassignPartitions, [...args, '--execute', '--throttle', '50000000']);
  assert.match(begun, /Successfully started partition reassignments for t-0,t-1/);
  await eventually('the end of the move', async () => {
    const verified = await tools.output(tool.reassignPartitions, [...args, '--verify']);
    return /Reassignment of partition t-0 is completed[\s\S]*t-1 is completed/.test(verified) ? true : null;
  });
  const listed = await tools.output(tool.reassignPartitions, [...bootstrap(), '--list']);
  assert.match(listed, /No partition reassignments found/);
  await eventuallyIs(['0 led by 3 of 3,2 in sync 2,3', '1 led by 2 of 2,3,1 in sync 1,2,3']);
});

test("Apache's election tool brings leaderships back to a broker that was away", async (t) => {
  if (!requireApacheKafka(t)) return;
  const { leaderId } = await leaderOf(nodes.map(({ place }) => place));
  // A broker that leads, and not the controller: its way out is asked of another node.
  const away = leaderId === 3 ? 2 : 3;
  const node = nodes[away - 1]!;
  await node.running.stop();
  await node.running.restart();
  const all = ['0 led by 3 of 3,2 in sync 2,3', '1 led by 2 of 2,3,1 in sync 1,2,3'];
  await eventually('everybody in sync', async () => {
    const shown = await describe();
    return shown.every((row, i) => row.endsWith(all[i]!.slice(all[i]!.indexOf('in sync')))) ? true : null;
  });
  assert.notDeepEqual(await describe(), all);
  const args = [...bootstrap(), '--election-type', 'preferred', '--all-topic-partitions'];
  const elected = await tools.output(tool.leaderElection, args);
  assert.match(elected, /Successfully completed leader election \(PREFERRED\) for partitions t-/);
  await eventuallyIs(all);
});

test("Apache's cluster tool unregisters a broker that is gone for good", async (t) => {
  if (!requireApacheKafka(t)) return;
  const { leaderId } = await leaderOf(nodes.map(({ place }) => place));
  const gone = nodes.find(({ place }) => place.id !== leaderId)!;
  await gone.running.stop();
  const id = String(gone.place.id);
  const args = ['unregister', ...bootstrap(), '--id', id];
  assert.match(await tools.output(tool.cluster, args), new RegExp(`Broker ${id} is no longer registered`));
  const again = await tools.run(tool.cluster, args);
  assert.match(again.stdout + again.stderr, /is not currently registered|BrokerIdNotRegistered/);
});
