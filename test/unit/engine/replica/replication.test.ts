import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { splitBatches } from '#engine/protocol/records/split-batches.ts';
import { testBatch } from '../../../support/log-fixture.ts';
import { clusterTopic, ReplicaCluster } from '../../../support/replica-cluster.ts';

test('what a leader appends is on its followers before acks=all is answered', async () => {
  const cluster = await ReplicaCluster.start();
  const batch = testBatch({ count: 3 });
  assert.deepEqual(await cluster.produceAndWait(1, 0, batch), { errorCode: 0, baseOffset: 0 });
  for (const node of cluster.nodes.values()) {
    const { log } = node.partition(clusterTopic, 0);
    assert.equal(log.logEndOffset, 3);
  }
  assert.equal(cluster.nodes.get(1)!.partition(clusterTopic, 0).log.highWatermark, 3);
  await cluster.run(600);
  for (const node of cluster.nodes.values()) {
    assert.equal(node.partition(clusterTopic, 0).log.highWatermark, 3);
  }
  const refused = await cluster.produceAndWait(2, 0, testBatch());
  assert.equal(refused?.errorCode, errorCode.NOT_LEADER_OR_FOLLOWER);
});

test('a follower that is gone leaves the ISR, and comes back into it when it has caught up', async () => {
  const properties = new Map([['replica.lag.time.max.ms', '2000']]);
  const cluster = await ReplicaCluster.start({ properties });
  assert.equal((await cluster.produceAndWait(1, 0, testBatch()))?.errorCode, 0);
  cluster.kill(3);
  // Not fenced: the leader alone notices that it is behind.
  const before = cluster.clock.monotonicMs();
  assert.equal((await cluster.produceAndWait(1, 0, testBatch()))?.errorCode, 0);
  assert.ok(cluster.clock.monotonicMs() - before >= 1000, 'the ISR holds the high watermark back');
  assert.deepEqual(cluster.state(0).isr, [1, 2]);
  await cluster.restart(3);
  await cluster.until(() => cluster.state(0).isr.length === 3, 'the follower is in sync again');
  await cluster.run(600);
  assert.equal(cluster.nodes.get(3)!.partition(clusterTopic, 0).log.highWatermark, 2);
});

test('with too few replicas in sync acks=all is refused before, or told after, the append', async () => {
  const properties = new Map([['replica.lag.time.max.ms', '2000']]);
  const topicConfigs = new Map([['min.insync.replicas', '2']]);
  const cluster = await ReplicaCluster.start({ properties, topicConfigs });
  cluster.kill(2);
  cluster.kill(3);
  const late = await cluster.produceAndWait(1, 0, testBatch(), { timeoutMs: 6000 });
  assert.equal(late?.errorCode, errorCode.REQUEST_TIMED_OUT);
  assert.deepEqual(cluster.state(0).isr, [1]);
  const refused = await cluster.produceAndWait(1, 0, testBatch());
  assert.equal(refused?.errorCode, errorCode.NOT_ENOUGH_REPLICAS);
  assert.equal((await cluster.produceAndWait(1, 0, testBatch(), { acks: 1 }))?.errorCode, 0);
  const { log } = cluster.nodes.get(1)!.partition(clusterTopic, 0);
  assert.equal(log.logEndOffset, 2);
  assert.equal(log.highWatermark, 0);
  await cluster.restart(2);
  await cluster.until(() => log.highWatermark === 2, 'what was written is committed with the second replica');
});

test('what only a lost leader had is cut off when it comes back as a follower', async () => {
  const cluster = await ReplicaCluster.start();
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 2 })))?.errorCode, 0);
  // Its followers hear nothing any more of what it appends.
  cluster.network.cut('1', '2');
  cluster.network.cut('1', '3');
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 5 }), { acks: 1 }))?.baseOffset, 2);
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 5 }), { acks: 1 }))?.baseOffset, 7);
  let stuck: number | null | undefined;
  cluster.produce(1, 0, testBatch(), (produced) => void (stuck = produced?.errorCode ?? null));
  await cluster.run(20);
  cluster.fence(1);
  await cluster.until(() => stuck !== undefined, 'the old leader learns that it is none');
  assert.equal(stuck, errorCode.NOT_LEADER_OR_FOLLOWER);
  assert.equal((await cluster.produceAndWait(2, 0, testBatch({ count: 3 })))?.baseOffset, 2);
  cluster.network.mend();
  cluster.controller.unfence(1);
  cluster.publish();
  await cluster.until(() => cluster.state(0).isr.length === 3, 'all are in sync again');
  await cluster.run(600);
  for (const node of cluster.nodes.values()) {
    const { log } = node.partition(clusterTopic, 0);
    assert.equal(log.logEndOffset, 5);
    assert.equal(log.highWatermark, 5);
    assert.deepEqual(log.endOffsetFor(0), { epoch: 0, endOffset: 2 });
    assert.equal(log.latestEpoch, 1);
  }
});

test('a replica that is taken away goes with its files, and is copied anew when it comes back', async () => {
  const cluster = await ReplicaCluster.start();
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 4 })))?.errorCode, 0);
  const topic = cluster.controller.topics[0]!;
  cluster.controller.reassign(topic, 0, [1, 2]);
  cluster.publish();
  await cluster.run(20);
  const names = Object.keys(cluster.disks.get(3)!.contents()).map((path) => path.split('/')[0]);
  assert.ok(!names.includes(`${clusterTopic}-0`), `${names}`);
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 2 })))?.errorCode, 0);
  cluster.controller.reassign(topic, 0, [1, 2, 3]);
  cluster.publish();
  await cluster.until(() => cluster.state(0).isr.length === 3, 'the new replica is in sync');
  const { log } = cluster.nodes.get(3)!.partition(clusterTopic, 0);
  assert.equal(log.logStartOffset, 0);
  assert.equal(log.logEndOffset, 6);
});

test('a follower whose log ends before the leader begins starts where that does', async () => {
  const cluster = await ReplicaCluster.start({ properties: new Map([['replica.lag.time.max.ms', '2000']]) });
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 4 })))?.errorCode, 0);
  cluster.kill(3);
  cluster.fence(3);
  await cluster.run(20);
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 6 })))?.errorCode, 0);
  // As DeleteRecords does.
  const leader = cluster.nodes.get(1)!.partition(clusterTopic, 0);
  assert.ok(leader.log.deleteRecordsBefore(8));
  leader.published.start();
  await cluster.restart(3);
  await cluster.until(() => cluster.state(0).isr.length === 3, 'the follower is in sync again');
  await cluster.run(600);
  for (const node of cluster.nodes.values()) {
    const { log } = node.partition(clusterTopic, 0);
    assert.equal(log.logEndOffset, 10);
    assert.equal(log.logStartOffset, 8);
  }
});

test('records count as deleted when all live replicas have deleted them', async () => {
  const cluster = await ReplicaCluster.start();
  for (let n = 0; n < 6; n++) await cluster.produceAndWait(1, 0, testBatch());
  await cluster.run(600);
  const deleteBefore = async (offset: number, timeoutMs: number): Promise<readonly [number, number]> => {
    let answer: readonly [number, number] | undefined;
    const leader = cluster.nodes.get(1)!.partition(clusterTopic, 0);
    leader.deleteRecordsBefore(offset, timeoutMs, (code, low) => {
      answer = [code, low];
    });
    await cluster.until(() => answer !== undefined, 'an answer');
    return answer!;
  };
  assert.deepEqual(await deleteBefore(3, 10_000), [0, 3]);
  for (const node of cluster.nodes.values()) {
    assert.equal(node.partition(clusterTopic, 0).log.logStartOffset, 3);
  }
  // One is gone, and nobody knows yet: what it has is there still.
  cluster.kill(3);
  assert.deepEqual(await deleteBefore(5, 1500), [errorCode.REQUEST_TIMED_OUT, 3]);
  const before = cluster.clock.monotonicMs();
  const waiting = deleteBefore(6, 60_000);
  cluster.fence(3);
  assert.deepEqual(await waiting, [0, 6]);
  assert.ok(cluster.clock.monotonicMs() - before < 10_000, 'who is fenced is not waited for');
});

test('consumers read of the follower in their rack what is committed, when the leader sends them there', async () => {
  const selector = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';
  const cluster = await ReplicaCluster.start({ properties: new Map([['replica.selector.class', selector]]) });
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 4 })))?.errorCode, 0);
  await cluster.run(600);
  assert.equal((await cluster.fetchAndWait(1, 0, 0, 'rack-1')).preferredReadReplica, -1);
  assert.equal((await cluster.fetchAndWait(1, 0, 0, 'rack-7')).preferredReadReplica, -1);
  const sent = await cluster.fetchAndWait(1, 0, 0, 'rack-3');
  assert.equal(sent.preferredReadReplica, 3);
  assert.equal(sent.records?.length ?? 0, 0);
  const read = await cluster.fetchAndWait(3, 0, 0, 'rack-3');
  assert.deepEqual([read.errorCode, read.highWatermark, read.preferredReadReplica], [0, 4n, -1]);
  assert.equal(splitBatches(read.records!).length, 1);
  // Not committed yet: its followers don't get to say that they have it.
  cluster.network.cut('1', '2');
  assert.equal((await cluster.produceAndWait(1, 0, testBatch(), { acks: 1 }))?.errorCode, 0);
  await cluster.run(20);
  const { log } = cluster.nodes.get(3)!.partition(clusterTopic, 0);
  assert.equal(log.logEndOffset, 5);
  assert.equal((await cluster.fetchAndWait(3, 0, 4, 'rack-3')).records?.length ?? 0, 0);
});

test('a replica that is to come goes to the directory that was asked for it, and is moved within its node', async () => {
  const cluster = await ReplicaCluster.start({ directories: 2 });
  assert.equal((await cluster.produceAndWait(1, 0, testBatch({ count: 4 })))?.errorCode, 0);
  const topic = cluster.controller.topics[0]!;
  cluster.controller.reassign(topic, 0, [1, 2]);
  cluster.publish();
  await cluster.run(20);
  const node = cluster.nodes.get(3)!;
  for (const directory of [1, 0]) {
    assert.equal(await cluster.moveLog(3, clusterTopic, 0, directory), errorCode.REPLICA_NOT_AVAILABLE);
    assert.equal(await cluster.moveLog(3, 'unknown', 0, directory), errorCode.UNKNOWN_TOPIC_OR_PARTITION);
    cluster.controller.reassign(topic, 0, [1, 2, 3]);
    cluster.publish();
    await cluster.until(() => cluster.state(0).isr.length === 3, 'the new replica is in sync');
    assert.equal(node.partition(clusterTopic, 0).logDirectory, directory);
    assert.equal(await cluster.moveLog(3, clusterTopic, 0, 1 - directory), 0);
    await cluster.until(() => node.partition(clusterTopic, 0).logDirectory === 1 - directory, 'it has moved');
    assert.equal((await cluster.produceAndWait(1, 0, testBatch()))?.errorCode, 0);
    const { log } = node.partition(clusterTopic, 0);
    assert.equal(log.logEndOffset, cluster.nodes.get(1)!.partition(clusterTopic, 0).log.logEndOffset);
    cluster.controller.reassign(topic, 0, [1, 2]);
    cluster.publish();
    await cluster.run(20);
  }
});
