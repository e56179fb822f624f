/** Snapshots of the metadata in a running node, the log cut off behind them, and restarts from what is left. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';

const topics = 5000;
const perRequest = 500;

function metadataFiles(node: Millrace, suffix: string): number[] {
  const names = readdirSync(join(node.directory, '__cluster_metadata-0')).filter((name) => name.endsWith(suffix));
  return names.map((name) => Number(name.split(/[-.]/)[0])).sort((a, b) => a - b);
}

/** `name id partitions` of every topic, in order. */
async function describeTopics(client: StorageClient): Promise<string[]> {
  const answer = (await client.wire.call(apiKey.Metadata, 12, { topics: null })) as MetadataResponse;
  return answer.topics.map(({ name, topicId, partitions }) => `${name} ${topicId} ${partitions.length}`).sort();
}

async function inTurn(names: readonly string[], change: (some: string[]) => Promise<number[]>): Promise<void> {
  for (let at = 0; at < names.length; at += perRequest) {
    const codes = await change(names.slice(at, at + perRequest));
    assert.deepEqual(new Set(codes), new Set([0]));
  }
}

test('thousands of topics made, deleted and made again are the same after snapshots, a kill and a restart', async (t) => {
  const properties = {
    'metadata.log.max.record.bytes.between.snapshots': '100000',
    'internal.metadata.log.segment.bytes': '200000',
    'metadata.max.retention.bytes': '500000',
  };
  const node = await startMillrace({ properties }, t);
  const client = await StorageClient.connect(node.port, t);
  const names = Array.from({ length: topics }, (_, n) => `topic-${n}`);
  const create = (some: string[]) =>
    client.createTopics(some.map((name) => ({ name, numPartitions: 1, replicationFactor: 1 })));
  await inTurn(names, create);
  assert.equal((await client.produce('topic-0', 0, { count: 3 })).errorCode, 0);
  const odd = names.filter((_, n) => n % 2 === 1);
  await inTurn(odd, (some) => client.deleteTopics(some));
  await inTurn(odd, create);
  const before = await describeTopics(client);
  assert.equal(before.length, topics);
  await eventually(() => metadataFiles(node, '.checkpoint').some((offset) => offset > 5000), 'a snapshot is written');
  await eventually(() => (metadataFiles(node, '.log')[0] ?? 0) > 0, 'the log begins behind a snapshot');
  for (const end of ['kill', 'stop'] as const) {
    await node[end]();
    await node.restart();
    const again = await StorageClient.connect(node.port, t);
    assert.deepEqual(await describeTopics(again), before);
    assert.equal((await again.read('topic-0')).length, 3);
    assert.equal(await again.createTopic(`after-${end}`), 0);
    assert.deepEqual(await again.deleteTopics([`after-${end}`]), [0]);
  }
});
