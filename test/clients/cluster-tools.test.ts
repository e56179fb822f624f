import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { leaderOfQuorum } from '../support/cluster-calls.ts';
import { eventually, MillraceCluster } from '../support/millrace-cluster.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const leaderElection = 'org.apache.kafka.tools.LeaderElectionCommand';
const reassignPartitions = 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand';

const tools = new ApacheTools();
after(() => tools.close());

interface Line {
  readonly leader: number;
  readonly replicas: number[];
  readonly isr: number[];
}

async function describe(bootstrap: string, topic: string): Promise<Line[]> {
  const text = await tools.output(tool.topics, ['--bootstrap-server', bootstrap, '--describe', '--topic', topic]);
  const numbers = (list: string): number[] =>
    list
      .split(',')
      .filter((part) => part !== '')
      .map(Number);
  return [...text.matchAll(/Leader: (\S+)\s+Replicas: (\S+)\s+Isr: (\S*)/g)].map(([, leader, replicas, isr]) => ({
    leader: leader === 'none' ? -1 : Number(leader),
    replicas: numbers(replicas!),
    isr: numbers(isr!),
  }));
}

test("Apache Kafka's tools on a cluster of three: topics, the quorum, a stopped broker, elections, reassignments", async (t) => {
  if (!requireApacheKafka(t)) return;
  const members = [1, 2, 3].map((id) => ({ id, of: 'millrace', roles: 'broker,controller' }) as const);
  const cluster = await MillraceCluster.start(members, t);
  const all = cluster.bootstrap();
  const run = (main: string, ...args: string[]): Promise<string> =>
    tools.output(main, ['--bootstrap-server', all, ...args]);

  await run(tool.topics, '--create', '--topic', 'spread', '--partitions', '6', '--replication-factor', '3');
  const spread = await describe(all, 'spread');
  assert.equal(spread.length, 6);
  assert.deepEqual(new Set(spread.map(({ leader }) => leader)), new Set([1, 2, 3]));
  assert.ok(spread.every(({ isr, replicas }) => isr.length === 3 && replicas.length === 3));

  const status = await run(tool.metadataQuorum, 'describe', '--status');
  const leader = await leaderOfQuorum(cluster.portOf(1));
  assert.match(status, new RegExp(`LeaderId:\\s+${leader}`));
  const replication = await run(tool.metadataQuorum, 'describe', '--replication');
  assert.equal(replication.match(/Follower/g)?.length, 2, replication);

  // What a broker led goes to others when it is stopped, and comes back by an election of preferred leaders.
  const stopped = [1, 2, 3].find((id) => id !== leader)!;
  await cluster.node(stopped).stop();
  const without = await describe(cluster.bootstrap(leader), 'spread');
  assert.ok(without.every((line) => line.leader !== stopped && line.leader !== -1 && !line.isr.includes(stopped)));
  await cluster.node(stopped).restart();
  await eventually(async () => {
    const lines = await describe(all, 'spread');
    return lines.every(({ isr }) => isr.length === 3) ? true : undefined;
  }, 'every replica in sync');
  await run(leaderElection, '--election-type', 'preferred', '--all-topic-partitions');
  const elected = await describe(all, 'spread');
  assert.ok(elected.every((line) => line.leader === line.replicas[0]));

  // One partition moves from three replicas to one that was its last.
  const home = makeTempDir('millrace-reassign-');
  t.after(() => removeTempDir(home));
  const file = join(home, 'plan.json');
  const target = elected[0]!.replicas[2]!;
  const partitions = [{ topic: 'spread', partition: 0, replicas: [target] }];
  writeFileSync(file, JSON.stringify({ version: 1, partitions }));
  await run(reassignPartitions, '--reassignment-json-file', file, '--execute');
  const moved = await eventually(async () => {
    const [first] = await describe(all, 'spread');
    return first?.replicas.length === 1 ? first : undefined;
  }, 'the reassignment');
  assert.deepEqual(moved, { leader: target, replicas: [target], isr: [target] });

  const text = await run(tool.logDirs, '--describe', '--topic-list', 'spread', '--broker-list', '1,2,3');
  const brokers = logDirsIn(text);
  assert.deepEqual(brokers.map(({ broker }) => broker).sort(), [1, 2, 3]);
  const placed = brokers.flatMap(({ logDirs }) => logDirs.flatMap((directory) => directory.partitions));
  assert.equal(placed.filter(({ partition }) => partition === 'spread-0').length, 1);
  assert.equal(placed.filter(({ partition }) => partition === 'spread-1').length, 3);

  await run(tool.features, 'downgrade', '--feature', 'streams.version=0');
  for (const id of [1, 2, 3]) {
    const features = await tools.output(tool.features, ['--bootstrap-server', cluster.bootstrap(id), 'describe']);
    assert.match(features, /streams\.version .* FinalizedVersionLevel: 0/);
  }
});

interface LogDirsOfBroker {
  readonly broker: number;
  readonly logDirs: readonly { readonly partitions: readonly { readonly partition: string }[] }[];
}

/** The tool says what it does, and then a line of JSON. */
function logDirsIn(text: string): readonly LogDirsOfBroker[] {
  const line = text.split('\n').find((each) => each.startsWith('{'));
  assert.ok(line !== undefined, text);
  return (JSON.parse(line) as { readonly brokers: readonly LogDirsOfBroker[] }).brokers;
}
