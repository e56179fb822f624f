/** Throttled replication (KIP-73) over shards, network and disks, in a time of our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { throttledPartitions } from '#engine/replica/throttle.ts';
import { testBatch } from '../../../support/log-fixture.ts';
import { clusterTopic, ReplicaCluster } from '../../../support/replica-cluster.ts';

const bytesPerSecond = 100_000;
const batches = 50;
const batch = testBatch({ count: 10, valueBytes: 2000 });
const copiedBytes = batches * batch.length;

/** Small fetches, so that one answer is a small part of what a second allows. */
const properties = new Map([
  ['replica.fetch.max.bytes', String(batch.length)],
  ['replica.fetch.backoff.ms', '100'],
  ['replica.lag.time.max.ms', '1500'],
]);

interface CatchUp {
  /** From the restart of the third node until its replica of each partition has everything. */
  readonly throttledMs: number;
  readonly freeMs: number;
  /** A produce of acks=all to the throttled partition, while it is copied. */
  readonly producedMs: number;
}

/** Node 3 was away while two partitions that node 1 leads grew; partition 0 is throttled on one side. */
async function catchUp(side: 'leader' | 'follower' | 'none'): Promise<CatchUp> {
  const replica = { leader: '0:1', follower: '0:3', none: '0:2' }[side];
  const topicConfigs = new Map([
    ['leader.replication.throttled.replicas', side === 'follower' ? '' : replica],
    ['follower.replication.throttled.replicas', side === 'leader' ? '' : replica],
  ]);
  const brokerConfigs = new Map([
    ['leader.replication.throttled.rate', String(bytesPerSecond)],
    ['follower.replication.throttled.rate', String(bytesPerSecond)],
  ]);
  // Partitions 0 and 3 are led by node 1.
  const cluster = await ReplicaCluster.start({ partitions: 4, properties, topicConfigs, brokerConfigs });
  cluster.kill(3);
  cluster.fence(3);
  await cluster.until(() => !cluster.state(0).isr.includes(3) && !cluster.state(3).isr.includes(3), 'it is fenced');
  for (let i = 0; i < batches; i++) {
    for (const partition of [0, 3]) assert.equal((await cluster.produceAndWait(1, partition, batch))?.errorCode, 0);
  }
  // One that was just in sync would hold the high watermark back.
  await cluster.run(2000);
  const startMs = cluster.clock.monotonicMs();
  await cluster.restart(3);
  const reached = async (partition: number): Promise<number> => {
    const log = () => cluster.nodes.get(3)!.partition(clusterTopic, partition).log;
    const isThere = (): boolean => {
      const { isOnline } = cluster.nodes.get(3)!.partition(clusterTopic, partition);
      return isOnline && log().logEndOffset >= batches * 10;
    };
    await cluster.until(isThere, `partition ${partition} is copied`, 60_000);
    return cluster.clock.monotonicMs() - startMs;
  };
  const freeMs = await reached(3);
  const beforeMs = cluster.clock.monotonicMs();
  assert.equal((await cluster.produceAndWait(1, 0, batch))?.errorCode, 0);
  const producedMs = cluster.clock.monotonicMs() - beforeMs;
  const throttledMs = await reached(0);
  await cluster.until(() => cluster.state(0).isr.includes(3), 'the replica is in sync in the end', 60_000);
  return { throttledMs, freeMs, producedMs };
}

async function assertThrottled(side: 'leader' | 'follower'): Promise<void> {
  const { throttledMs, freeMs, producedMs } = await catchUp(side);
  const boundMs = (copiedBytes * 1000) / bytesPerSecond;
  assert.ok(throttledMs > boundMs * 0.75, `${throttledMs} of ${boundMs}`);
  assert.ok(throttledMs < boundMs * 1.5, `${throttledMs} of ${boundMs}`);
  const free = await catchUp('none');
  assert.ok(free.throttledMs < boundMs / 5, `unthrottled it takes ${free.throttledMs}`);
  assert.ok(freeMs < boundMs / 5, `its neighbour takes ${freeMs}`);
  assert.ok(producedMs < boundMs / 20, `a produce with those in sync takes ${producedMs}`);
}

test('a copy that its leader throttles takes its bytes by the rate, and holds nobody else up', () =>
  assertThrottled('leader'));

test('a copy that its follower throttles takes its bytes by the rate, and holds nobody else up', () =>
  assertThrottled('follower'));

test('a list of throttled replicas is read for one broker', () => {
  assert.deepEqual(throttledPartitions(['0:1', '1:2', '12:1'], 1), new Set([0, 12]));
  assert.deepEqual(throttledPartitions(['0:1', ''], 2), new Set());
  assert.deepEqual(throttledPartitions([], 2), new Set());
  assert.equal(throttledPartitions(['*'], 2), 'all');
});
