import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppendSink } from '../../../../engine/replica/append.ts';
import { testBatch } from '../../../support/log-fixture.ts';
import { ShardGroup } from '../../../support/shard-group.ts';

const partitions = 4400;

class Answers implements AppendSink {
  readonly errors: number[] = [];
  readonly offsets: number[] = [];

  appended(_tag: number, errorCode: number, baseOffset: number): void {
    this.errors.push(errorCode);
    this.offsets.push(baseOffset);
  }
}

async function touchAll(group: ShardGroup, from: number, to: number): Promise<Answers> {
  const answers = new Answers();
  const { replicas } = group.shards[0]!;
  const { topics } = group.metadata;
  const topicRow = topics.findByNameString('idle');
  const generation = topics.generationOf(topicRow);
  for (let partition = from; partition < to; partition++) {
    const batch = testBatch({ timestampMs: group.clock.wallMs() });
    replicas.append(topics.partitionRow(topicRow, partition), generation, batch, 0, batch.length, -1, answers, 0);
  }
  await group.settle();
  assert.deepEqual(new Set(answers.errors), new Set([0]));
  return answers;
}

async function pass(group: ShardGroup, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5000) {
    group.clock.advance(5000);
    group.shards[0]!.tick();
    await group.settle();
  }
}

test('partitions that were touched do not stay for ever, and are there again when they are named', async () => {
  const group = new ShardGroup(1, [{ name: 'idle', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions }]);
  const { replicas } = group.shards[0]!;
  assert.equal((await touchAll(group, 0, partitions)).errors.length, partitions);
  assert.equal(replicas.liveCount, partitions);
  // More than a shard keeps: the patience is short until they are fewer.
  await pass(group, 180_000);
  assert.ok(replicas.liveCount <= 4096, `${replicas.liveCount} objects are left after three minutes`);
  await pass(group, 300_000);
  assert.equal(replicas.liveCount, 0);
  const again = await touchAll(group, 0, 100);
  assert.deepEqual(new Set(again.offsets), new Set([1]));
  assert.equal(replicas.liveCount, 100);
});

test('a partition that is in use, or has a transaction open, stays', async () => {
  const group = new ShardGroup(1, [{ name: 'idle', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: 3 }]);
  const { replicas } = group.shards[0]!;
  await touchAll(group, 0, 3);
  const [first, second] = [...replicas.live()];
  const open = testBatch({ isTransactional: true, producerId: 7n, producerEpoch: 0, baseSequence: 0, baseOffset: 1 });
  first!.log.stage(open, 0, open.length);
  first!.log.submit(() => {});
  await group.settle();
  assert.equal(first!.log.hasOpenTransaction, true);
  for (let minute = 0; minute < 7; minute++) {
    await touchAll(group, second!.identity.partition, second!.identity.partition + 1);
    await pass(group, 60_000);
  }
  assert.deepEqual([...replicas.live()], [first, second]);
});
