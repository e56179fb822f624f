/** Features that change what a quorum is: configured voters that move into the log, controllers that come to be registered. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { ApiVersionsResponse } from '#engine/protocol/generated/api-versions-response.js';
import type { DescribeClusterResponse } from '#engine/protocol/generated/describe-cluster-response.js';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, type ToolResult, tool } from '../support/apache-tools.ts';
import { apacheMember, type MixedMember, ourMember } from '../support/mixed-members.ts';
import {
  eventually,
  leaderOf,
  QuorumNode,
  type QuorumPlace,
  quorumPlaces,
  tryCreateTopic,
} from '../support/quorum-processes.ts';
import { callOnce } from '../support/wire-client.ts';

const tools = new ApacheTools();
after(() => tools.close());

function serversOf(places: readonly QuorumPlace[]): string[] {
  return ['--bootstrap-server', places.map(({ port }) => `127.0.0.1:${port}`).join(',')];
}

function upgrade(places: readonly QuorumPlace[], ...levels: string[]): Promise<ToolResult> {
  return tools.run(tool.features, [...serversOf(places), 'upgrade', ...levels]);
}

/** Voters tell a new leader of themselves within a fetch's time-out: until then not all of them are known to support it. */
async function upgradeQuorum(places: readonly QuorumPlace[]): Promise<string> {
  return await eventually('kraft.version 1', async () => {
    const { code, stdout, stderr } = await upgrade(places, '--feature', 'kraft.version=1');
    if (code === 0) return stdout;
    assert.match(stdout + stderr, /not all of the voters support it/);
    return null;
  });
}

async function kraftVersionAt({ port }: QuorumPlace): Promise<number> {
  const request = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };
  const { finalizedFeatures } = await callOnce<ApiVersionsResponse>(port, apiKey.ApiVersions, 3, request);
  return finalizedFeatures.find(({ name }) => name === 'kraft.version')?.maxVersionLevel ?? 0;
}

async function everywhere(places: readonly QuorumPlace[], version: number): Promise<void> {
  await eventually(`kraft.version ${version} everywhere`, async () => {
    const found = await Promise.all(places.map(kraftVersionAt));
    return found.every((each) => each === version) ? true : null;
  });
}

async function registeredControllers({ controllerPort }: QuorumPlace): Promise<number[]> {
  const answer = await callOnce<DescribeClusterResponse>(controllerPort, apiKey.DescribeCluster, 1, {
    endpointType: 2,
  });
  return answer.brokers.map(({ brokerId }) => brokerId).sort();
}

function directoryId(logDirectory: string): string {
  return /directory\.id=(.*)/.exec(readFileSync(join(logDirectory, 'meta.properties'), 'utf8'))![1]!;
}

test('an older cluster is upgraded: its controllers are registered, its voters move into the log, and then come and go', async (t) => {
  if (!requireApacheKafka(t)) return;
  const places = await quorumPlaces(3);
  const nodes = places.map((place) => new QuorumNode(place, places));
  t.after(async () => {
    for (const node of nodes) await node.end();
  });
  for (const node of nodes) await node.format(['--release-version', '3.6-IV2']);
  for (const node of nodes) node.start();
  await Promise.all(nodes.map((node) => node.running.serving()));
  assert.deepEqual(await registeredControllers(places[0]!), [1], 'a controller knows of itself');
  const metadata = await upgrade(places, '--metadata', '4.3');
  assert.equal(metadata.code, 0, metadata.stdout + metadata.stderr);
  await eventually('all controllers are registered', async () =>
    (await registeredControllers(places[0]!)).join() === '1,2,3' ? true : null,
  );

  assert.match(await upgradeQuorum(places), /kraft\.version was upgraded to 1/);
  await everywhere(places, 1);
  const again = await upgrade(places, '--feature', 'kraft.version=1');
  assert.equal(again.code, 0, again.stdout + again.stderr);
  const down = await tools.run(tool.features, [...serversOf(places), 'downgrade', '--feature', 'kraft.version=0']);
  assert.match(down.stdout + down.stderr, /Can't downgrade the version of this feature\./);

  // What the log says holds after a start, whatever is configured.
  for (const node of nodes) await node.running.stop();
  for (const node of nodes) node.start();
  await Promise.all(nodes.map((node) => node.running.serving()));
  await everywhere(places, 1);
  await eventually('a topic', () => tryCreateTopic(places[0]!.port, 'after-the-start'));

  const { leaderId } = await leaderOf(places);
  const gone = nodes.find(({ place }) => place.id !== leaderId)!;
  const id = directoryId(gone.properties['log.dirs']!);
  const key = ['--controller-id', String(gone.place.id), '--controller-directory-id', id];
  await tools.output(tool.metadataQuorum, [...serversOf(places), 'remove-controller', ...key]);
  await eventually('two voters', async () => ((await leaderOf(places)).ends.size === 2 ? true : null));
  const added = ['--command-config', gone.startArguments()[0]!, ...serversOf(places), 'add-controller'];
  await tools.output(tool.metadataQuorum, added);
  await eventually('three voters', async () => ((await leaderOf(places)).ends.size === 3 ? true : null));
});

/** The leader is told of the voters, writes the upgrade, and is stopped; the others know of it and go on. */
async function mixed(t: TestContext, ours: number, leads: 'ours' | 'theirs'): Promise<void> {
  if (!requireApacheKafka(t)) return;
  const places = await quorumPlaces(3);
  // Who is to lead stands for election first.
  const electionMs = (isOurs: boolean): string => (isOurs === (leads === 'ours') ? '500' : '4000');
  const members = places.map((place, at): MixedMember => {
    const isOurs = at < ours;
    const properties = { 'controller.quorum.election.timeout.ms': electionMs(isOurs) };
    return (isOurs ? ourMember : apacheMember)(t, place, places, properties);
  });
  await Promise.all(members.map((member) => member.start(true)));
  const restart = async (id: number, meanwhile: () => Promise<unknown>): Promise<void> => {
    await members[id - 1]!.stop();
    await eventually('another leader', async () => ((await leaderOf(places)).leaderId !== id ? true : null));
    await meanwhile();
    await members[id - 1]!.start(false);
  };
  let { leaderId } = await leaderOf(places);
  while (leaderId <= ours !== (leads === 'ours')) {
    await restart(leaderId, async () => undefined);
    ({ leaderId } = await leaderOf(places));
  }
  await upgradeQuorum(places);
  await everywhere(places, 1);
  const others = places.filter(({ id }) => id !== leaderId);
  await restart(leaderId, () => eventually('a topic', () => tryCreateTopic(others[0]!.port, 'meanwhile')));
  await everywhere(places, 1);
  for (const { port } of places) await eventually('a topic', () => tryCreateTopic(port, `by-${port}`));
}

test('a leader of ours moves the voters into the log, those of Apache Kafka among them', (t) => mixed(t, 2, 'ours'));

test("a leader of Apache Kafka's moves the voters into the log, ours among them", (t) => mixed(t, 1, 'theirs'));
