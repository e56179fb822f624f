/** Voters that come and go: Apache Kafka's own tool against our quorum, and controllers that join by themselves. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import {
  describeQuorum,
  eventually,
  leaderOf,
  QuorumNode,
  type QuorumPlace,
  quorumPlaces,
  tryCreateTopic,
} from '../support/quorum-processes.ts';

const tools = new ApacheTools();
after(() => tools.close());

/** Voters are in the log: nobody is configured, and the first is where to ask. */
function dynamic(places: readonly QuorumPlace[], more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'controller.quorum.voters': '',
    'controller.quorum.bootstrap.servers': places.map(({ controllerPort }) => `127.0.0.1:${controllerPort}`).join(','),
    ...more,
  };
}

async function startDynamic(
  t: { after(run: () => Promise<void>): void },
  joining: Readonly<Record<string, string>>,
): Promise<QuorumNode[]> {
  const places = await quorumPlaces(3);
  const nodes = places.map((place, at) => new QuorumNode(place, places, dynamic(places, at === 0 ? {} : joining)));
  t.after(async () => {
    for (const node of nodes) await node.end();
  });
  await nodes[0]!.format(['--standalone']);
  await nodes[1]!.format(['--no-initial-controllers']);
  await nodes[2]!.format(['--no-initial-controllers']);
  for (const node of nodes) node.start();
  await Promise.all(nodes.map((node) => node.running.serving()));
  return nodes;
}

function directoryId(node: QuorumNode): string {
  const text = readFileSync(join(node.home, 'data', 'meta.properties'), 'utf8');
  return /directory\.id=(.*)/.exec(text)![1]!;
}

async function run(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tools.run(tool.metadataQuorum, args);
  assert.equal(code, 0, stdout + stderr);
  return stdout;
}

test('kafka-metadata-quorum describes our quorum, and adds and removes its controllers', async (t) => {
  if (!requireApacheKafka(t)) return;
  const nodes = await startDynamic(t, {});
  const [first, second, third] = nodes as [QuorumNode, QuorumNode, QuorumNode];
  const bootstrap = ['--bootstrap-server', first.running.bootstrap];
  const status = await run([...bootstrap, 'describe', '--status']);
  assert.match(status, /LeaderId:\s+1/);
  assert.match(status, /CurrentVoters:\s+\[\{"id": 1, /);
  assert.match(status, /CurrentObservers:\s+\[\{"id": [23], .*\{"id": [23], /);
  for (const node of [second, third]) {
    await run(['--command-config', node.startArguments()[0]!, ...bootstrap, 'add-controller']);
  }
  const replication = await run([...bootstrap, 'describe', '--replication']);
  assert.match(replication, /^1\s.*Leader\s*$/m);
  assert.match(replication, /^2\s.*Follower\s*$/m);
  assert.match(replication, /^3\s.*Follower\s*$/m);
  const again = await tools.run(tool.metadataQuorum, [
    '--command-config',
    second.startArguments()[0]!,
    ...bootstrap,
    'add-controller',
  ]);
  assert.notEqual(again.code, 0);
  assert.match(again.stdout + again.stderr, /DuplicateVoterException/);

  // The leader is voted out: another leads, and the removed one observes.
  const removed = ['--controller-id', '1', '--controller-directory-id', directoryId(first)];
  await run(['--bootstrap-controller', `127.0.0.1:${second.place.controllerPort}`, 'remove-controller', ...removed]);
  const places = nodes.map(({ place }) => place);
  await eventually('another leader', async () => {
    const { leaderId, ends, observers } = await leaderOf(places);
    return leaderId !== 1 && ends.size === 2 && observers.includes(1) ? true : null;
  });
  await eventually('a topic', () => tryCreateTopic(first.place.port, 'by-the-removed'));
});

test('controllers that join by themselves become voters, and the quorum outlives the first', async (t) => {
  const nodes = await startDynamic(t, { 'controller.quorum.auto.join.enable': 'true' });
  const places = nodes.map(({ place }) => place);
  await eventually('three voters', async () => ((await leaderOf(places)).ends.size === 3 ? true : null));
  await nodes[0]!.running.kill();
  await eventually('a topic', () => tryCreateTopic(places[1]!.port, 'after'));
  assert.equal((await describeQuorum(places[1]!.controllerPort).then((view) => view?.leaderId ?? 0)) === 1, false);
});
