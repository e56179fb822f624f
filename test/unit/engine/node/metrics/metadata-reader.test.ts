import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MetadataNeeds } from '#engine/metadata/columns/metadata-needs.ts';
import type { PartitionState } from '#engine/metadata/columns/partition-writer.ts';
import { SharedMetadata, SharedMetadataWriter } from '#engine/metadata/columns/shared-metadata.ts';
import { encodeTopicConfig } from '#engine/metadata/topic-config-bytes.ts';
import { MetadataReader } from '#engine/node/metrics/metadata-reader.ts';
import { randomUuid } from '#engine/protocol/uuid.ts';
import { partitionState } from '../../../../support/partition-state.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

const random = new SeededRandom(1);

function state(leader: number, replicas: readonly number[], isr: readonly number[]): PartitionState {
  return partitionState({ leader, replicas, isr });
}

const sizes = { rowsPerSegment: 8, bytesSegmentBytes: 1024, topicBuckets: 4 };

function setUp() {
  const writer = new SharedMetadataWriter(sizes);
  const metadata = new SharedMetadata(writer.describe());
  const reader = new MetadataReader(metadata, 1);
  const create = (name: string, states: readonly PartitionState[], config = new Map<string, string>(), tell = true) => {
    const topic = { id: randomUuid(random), name, isInternal: false, config: encodeTopicConfig(config) };
    const needs = new MetadataNeeds();
    needs.addTopic(topic, states);
    const segments = writer.reserve(needs);
    if (tell) for (const segment of segments) metadata.addSegment(segment);
    return writer.createTopic(topic, states);
  };
  return { writer, reader, create };
}

test('names, configs and replicas of live topics', () => {
  const { writer, reader, create } = setUp();
  const two = create(
    'two',
    [state(1, [1, 2], [1]), state(2, [2, 3], [2, 3]), state(-1, [1], [])],
    new Map([['min.insync.replicas', '2']]),
  );
  const one = create('one', [state(1, [1], [1])]);
  assert.deepEqual([reader.topic(two)?.name, reader.topic(two)?.minInsyncReplicas], ['two', 2]);
  assert.deepEqual([reader.topic(one)?.name, reader.topic(one)?.minInsyncReplicas], ['one', undefined]);
  assert.equal(reader.topic(two), reader.topic(two), 'read once while it stays as it is');
  const seen: unknown[] = [];
  reader.forEachPartition((_row, { topicRow, partition, leader, replicas, inSync, isReplica, isPreferred }) => {
    seen.push([topicRow, partition, leader, replicas, inSync, isReplica, isPreferred]);
  });
  assert.deepEqual(seen, [
    [two, 0, 1, 2, 1, true, true],
    [two, 1, 2, 2, 2, false, true],
    [two, 2, -1, 1, 0, true, false],
    [one, 0, 1, 1, 1, true, true],
  ]);
  writer.removeTopic(two, 10);
  assert.equal(reader.topic(two), undefined);
  writer.reclaim(10);
  const again = create('again', [state(1, [1], [1])]);
  assert.equal(again, two, 'the row is used again');
  assert.equal(reader.topic(again)?.name, 'again');
});

test('a row that names memory which this thread was not told of is passed over', () => {
  const { reader, create } = setUp();
  let row = -1;
  for (let n = 0; n < 40; n++) row = create(`${'x'.repeat(100)}${n}`, [state(1, [1, n], [1])], new Map(), false);
  assert.equal(reader.topic(row), undefined);
  let seen = 0;
  reader.forEachPartition(() => {
    seen += 1;
  });
  assert.ok(seen <= 8, `${seen} rows lie in memory that was told of`);
});
