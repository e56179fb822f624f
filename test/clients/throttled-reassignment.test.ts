/** Apache Kafka's reassignment tool with its throttle (KIP-73), on a cluster of three nodes of ours that hold data. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { apacheKafkaClasspath, requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { eventually, type QuorumNode, startQuorum } from '../support/quorum-processes.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { WireClient } from '../support/wire-client.ts';

const tools = new ApacheTools();
const home = makeTempDir('millrace-throttle-');
const cleanUp: (() => Promise<void>)[] = [];
let nodes: QuorumNode[] = [];
const bootstrap = (): string[] => ['--bootstrap-server', nodes.map(({ place }) => `127.0.0.1:${place.port}`).join(',')];
const recordBytes = 1000;
const records = 4000;
/** So little that no move ends with it while the test looks, however long that takes. */
const bytesPerSecond = 1000;
const plenty = 50_000_000;

before(async () => {
  if (apacheKafkaClasspath() === null) return;
  // Answers that are small beside what a second allows, and two shards that share the bound.
  const properties = { 'num.io.threads': '2', 'replica.fetch.max.bytes': '32768', 'replica.fetch.backoff.ms': '100' };
  nodes = await startQuorum({ after: (run) => cleanUp.push(run) }, 3, properties);
  for (const topic of ['free', 'big']) {
    await tools.output(tool.topics, [...bootstrap(), '--create', '--topic', topic, '--replica-assignment', '1,1']);
    const producer = ['batch.size=16384', 'acks=all'].flatMap((one) => ['--command-property', one]);
    const load = ['--num-records', String(records), '--record-size', String(recordBytes), '--throughput', '-1'];
    await tools.output(tool.producerPerformance, [...bootstrap(), '--topic', topic, ...load, ...producer]);
  }
});

after(async () => {
  tools.close();
  for (const run of cleanUp) await run();
  removeTempDir(home);
});

function fileOf(name: string, content: unknown): string {
  const file = join(home, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function planOf(topic: string, replicas: readonly (readonly number[])[]): string[] {
  const partitions = replicas.map((list, partition) => ({ topic, partition, replicas: list }));
  return [...bootstrap(), '--reassignment-json-file', fileOf(topic, { version: 1, partitions })];
}

/** Replicas of the two partitions, as a broker tells clients. */
async function replicasOf(topic: string): Promise<string> {
  const client = await WireClient.connect(nodes[0]!.place.port);
  try {
    const { topics } = (await client.call(apiKey.Metadata, 12, { topics: [{ name: topic }] })) as MetadataResponse;
    const partitions = [...topics[0]!.partitions].sort((a, b) => a.partitionIndex - b.partitionIndex);
    return partitions.map(({ replicaNodes }) => replicaNodes.join(',')).join(' ');
  } finally {
    client.close();
  }
}

/** How long it takes until the replicas are these. */
async function moved(topic: string, replicas: string): Promise<number> {
  const startMs = performance.now();
  await eventually(`${topic} on ${replicas}`, async () => ((await replicasOf(topic)) === replicas ? true : null));
  return performance.now() - startMs;
}

async function configsOf(type: 'topics' | 'brokers', name: string): Promise<string> {
  return await tools.output(tool.configs, [...bootstrap(), '--describe', '--entity-type', type, '--entity-name', name]);
}

test('what is generated is moved; a throttled move takes longer, is told of, and its throttle goes at the end', async (t) => {
  if (!requireApacheKafka(t)) return;
  const toMove = fileOf('topics', { version: 1, topics: [{ topic: 'big' }] });
  const wanted = ['--topics-to-move-json-file', toMove, '--broker-list', '2,3', '--generate'];
  const generated = await tools.output(tool.reassignPartitions, [...bootstrap(), ...wanted]);
  const [current, proposed] = [...generated.matchAll(/^\{.*\}$/gm)].map(([json]) => JSON.parse(json));
  const replicas = (plan: { partitions: { replicas: number[] }[] }): number[][] =>
    plan.partitions.map((p) => p.replicas);
  assert.deepEqual(replicas(current), [[1], [1]]);
  assert.deepEqual(replicas(proposed).flat().sort(), [2, 3]);

  await tools.output(tool.reassignPartitions, [...planOf('free', replicas(proposed)), '--execute']);
  const target = replicas(proposed).join(' ');
  const freeMs = await moved('free', target);

  const plan = planOf('big', replicas(proposed));
  const throttle = (rate: number): string[] => ['--execute', '--throttle', String(rate)];
  await tools.output(tool.reassignPartitions, [...plan, ...throttle(bytesPerSecond)]);
  const startMs = performance.now();
  assert.match(await configsOf('topics', 'big'), /leader\.replication\.throttled\.replicas=0:1,1:1/);
  for (const broker of ['1', '2', '3']) {
    const shown = await configsOf('brokers', broker);
    assert.match(shown, new RegExp(`leader\\.replication\\.throttled\\.rate=${bytesPerSecond}`));
    assert.match(shown, new RegExp(`follower\\.replication\\.throttled\\.rate=${bytesPerSecond}`));
  }
  await sleep(Math.max(0, startMs + 2 * freeMs - performance.now()));
  const looked = await tools.output(tool.reassignPartitions, [...plan, '--verify']);
  for (const partition of [0, 1]) assert.match(looked, new RegExp(`big-${partition} is still in progress`));
  await tools.output(tool.reassignPartitions, [...plan, '--additional', ...throttle(plenty)]);
  await moved('big', target);

  const verified = await tools.output(tool.reassignPartitions, [...plan, '--verify']);
  assert.match(verified, /Clearing broker-level throttles on brokers 1,2,3/);
  assert.match(verified, /Clearing topic-level throttles on topic big/);
  assert.doesNotMatch(await configsOf('topics', 'big'), /throttled/);
  assert.doesNotMatch(await configsOf('brokers', '1'), /throttled/);
});

test('a throttled move that is given up leaves the replicas where they were', async (t) => {
  if (!requireApacheKafka(t)) return;
  const before = await replicasOf('big');
  const plan = planOf('big', [[1], [1]]);
  await tools.output(tool.reassignPartitions, [...plan, '--execute', '--throttle', '1000']);
  assert.match(await tools.output(tool.reassignPartitions, [...bootstrap(), '--list']), /big-0: replicas: .*adding: 1/);
  const given = await tools.output(tool.reassignPartitions, [...plan, '--cancel', '--preserve-throttles']);
  assert.match(given, /Successfully cancelled partition reassignments for: big-0,big-1/);
  assert.equal(await replicasOf('big'), before);
  assert.match(await configsOf('topics', 'big'), /follower\.replication\.throttled\.replicas=0:1,1:1/);
  const verified = await tools.output(tool.reassignPartitions, [...plan, '--verify']);
  assert.match(verified, /Clearing topic-level throttles on topic big/);
  assert.doesNotMatch(await configsOf('topics', 'big'), /throttled/);
});
