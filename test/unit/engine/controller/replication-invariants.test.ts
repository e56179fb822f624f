import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MetadataImage } from '../../../../engine/metadata/image/metadata-image.ts';
import type { PartitionState } from '../../../../engine/metadata/image/partition-state.ts';
import { recordKey } from '../../../../engine/metadata/metadata-record.ts';
import { dumpCommitted } from '../../../support/dump-image.ts';
import { FakeBrokers, uuid } from '../../../support/fake-brokers.ts';
import fc from '../../../support/fast-check.ts';

const ids = [11, 12, 13, 14];
const topics = ['t', 'u', 'v'];

/** One event of a cluster's life: what, and numbers that say the rest. */
type Event = readonly [kind: number, a: number, b: number, c: number];

const event: fc.Arbitrary<Event> = fc.tuple(fc.nat(13), fc.nat(999), fc.nat(999), fc.nat(999));

function subset(from: readonly number[], bits: number): number[] {
  return from.filter((_, i) => ((bits >> i) & 1) === 1);
}

/** A process that is on its way out does not change its mind. */
function beat(cluster: FakeBrokers, id: number, wants: Parameters<FakeBrokers['heartbeat']>[1]): void {
  const isLeaving = cluster.image.written.broker(id)?.inControlledShutdown === true;
  cluster.heartbeat(id, isLeaving ? { ...wants, shutDown: true } : wants);
}

function happen(cluster: FakeBrokers, [kind, a, b, c]: Event): void {
  const id = ids[a % ids.length];
  const topic = topics[b % topics.length];
  const exists = cluster.image.written.topicByName(topic) !== undefined;
  switch (kind) {
    case 0:
      cluster.register(id, (cluster.brokers.get(id)?.incarnation ?? 0) + (c % 2), c % 3 === 0, 2);
      return;
    case 1:
    case 2:
      beat(cluster, id, {});
      return;
    case 3:
      beat(cluster, id, { fence: true });
      return;
    case 4:
      beat(cluster, id, c % 2 === 0 ? { shutDown: true, offset: 0 } : { shutDown: true });
      return;
    case 5:
      beat(cluster, id, { offline: [uuid('directory', id, c % 2)] });
      return;
    case 6:
      cluster.clock.advance(b * 20);
      return;
    case 7: {
      const replicas = subset(ids, (a % 15) + 1);
      const configs = { 'min.insync.replicas': String(1 + (c % 3)) };
      const unclean = c % 7 === 0 ? { 'unclean.leader.election.enable': 'true' } : {};
      cluster.createTopic(topic, [replicas, [...replicas].reverse()], { ...configs, ...unclean });
      return;
    }
    case 8:
    case 9:
      if (exists && cluster.partition(topic, a % 2).leader !== -1) {
        const partition = cluster.partition(topic, a % 2);
        cluster.alterIsr(topic, a % 2, [partition.leader, ...subset(partition.replicas, c)].filter(isFirst));
      }
      return;
    case 10:
      if (exists) cluster.reassign(topic, a % 2, c % 4 === 0 ? null : subset(ids, (c % 15) + 1));
      return;
    case 11: {
      const topicPartitions = exists ? [{ topic, partitions: [0, 1] }] : null;
      cluster.send(43, 2, { electionType: c % 2, topicPartitions, timeoutMs: 1000 });
      return;
    }
    case 12:
      if (c % 3 === 0) cluster.send(64, 0, { brokerId: id });
      else if (exists) cluster.setConfig(2, topic, 'min.insync.replicas', String(1 + (c % 3)));
      return;
    default:
      takeOver(cluster, c);
  }
}

/** The controller is deposed, with some of its last records lost, and elected again. */
function takeOver(cluster: FakeBrokers, losing: number): void {
  if (losing % 2 === 0) {
    cluster.log.autoCommit = false;
    cluster.heartbeat(ids[losing % ids.length], { fence: true });
  }
  cluster.log.resign();
  cluster.log.autoCommit = true;
  cluster.log.lead();
}

function isFirst(value: number, index: number, list: readonly number[]): boolean {
  return list.indexOf(value) === index;
}

function isWithin(list: readonly number[], of: readonly number[]): boolean {
  return list.every((id) => of.includes(id)) && list.every(isFirst);
}

function checkPartition(name: string, partition: PartitionState, before: PartitionState | undefined): void {
  const { replicas, isr, elr, leader, lastKnownElr, addingReplicas, removingReplicas, directories } = partition;
  const seen = `${name}: ${JSON.stringify(partition)}`;
  assert.ok(replicas.length > 0 && replicas.every(isFirst), seen);
  assert.ok(isWithin(isr, replicas), `ISR within replicas: ${seen}`);
  assert.ok(isWithin(elr, [...replicas, ...elr]) && !elr.some((id) => isr.includes(id)), `ELR apart from ISR: ${seen}`);
  assert.ok(leader === -1 || isr.includes(leader), `the leader is in the ISR: ${seen}`);
  assert.ok(isr.length > 0 || leader === -1, seen);
  assert.ok(lastKnownElr.length <= 1 && (leader === -1 || lastKnownElr.length === 0), `last known leader: ${seen}`);
  assert.ok(isWithin(addingReplicas, replicas) && isWithin(removingReplicas, replicas), `reassignment: ${seen}`);
  assert.equal(directories.length, replicas.length, seen);
  if (before === undefined) return;
  assert.ok(partition.leaderEpoch >= before.leaderEpoch && partition.partitionEpoch >= before.partitionEpoch, seen);
  if (leader !== before.leader)
    assert.ok(partition.leaderEpoch > before.leaderEpoch, `a leader has its epoch: ${seen}`);
  const isSame =
    JSON.stringify({ ...partition, partitionEpoch: 0 }) === JSON.stringify({ ...before, partitionEpoch: 0 });
  const epochs = partition.partitionEpoch - before.partitionEpoch;
  // ClearElrRecord changes partitions without a new epoch, in Apache Kafka too.
  if (!isSame && epochs === 0) {
    const cleared = { ...before, elr: [], lastKnownElr: [] };
    assert.deepEqual({ ...partition, elr: [], lastKnownElr: [] }, cleared, `every change has its epoch: ${seen}`);
  }
}

/** A leader that is there can lead: no broker leads while it is fenced or on its way out. */
function checkLeaders(cluster: FakeBrokers, partition: PartitionState): void {
  if (partition.leader === -1) return;
  const broker = cluster.image.written.broker(partition.leader);
  assert.ok(broker !== undefined && !broker.fenced && !broker.inControlledShutdown, JSON.stringify(partition));
}

function checkAll(cluster: FakeBrokers, before: Map<string, PartitionState>): void {
  for (const [topicId, { name }] of cluster.image.written.topics()) {
    for (let i = 0; i < cluster.image.written.partitionCount(topicId); i++) {
      const partition = cluster.partition(name, i);
      checkPartition(`${name}-${i}`, partition, before.get(`${topicId}-${i}`));
      checkLeaders(cluster, partition);
      before.set(`${topicId}-${i}`, partition);
    }
  }
}

/** A node that reads the log from its beginning. */
function replayed(cluster: FakeBrokers): MetadataImage {
  const image = new MetadataImage();
  for (const [offset, record] of cluster.log.records.entries()) image.replay(record, offset);
  image.commit(cluster.log.endOffset(), 1, 0);
  return image;
}

/** A node that is given a snapshot. */
function restored(cluster: FakeBrokers): MetadataImage {
  const image = new MetadataImage();
  image.beginSnapshot();
  const records = cluster.image.snapshotRecords();
  for (let next = records.next(); next.done !== true; next = records.next()) image.replay(next.value, 0);
  image.endSnapshot(cluster.log.endOffset(), 1, 0);
  return image;
}

describe('replication as the controller decides it', () => {
  it('keeps its invariants through any life of a cluster, and every node reads the same of it', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 20, maxLength: 120 }), (events) => {
        const cluster = new FakeBrokers();
        for (const id of ids) {
          cluster.register(id, 0, false, 2);
          cluster.heartbeat(id);
        }
        const before = new Map<string, PartitionState>();
        for (const one of events) {
          happen(cluster, one);
          checkAll(cluster, before);
        }
        const expected = dumpCommitted(cluster.image);
        assert.deepEqual(dumpCommitted(replayed(cluster)), expected);
        assert.deepEqual(dumpCommitted(restored(cluster)), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes a broker into an ISR that was registered anew since its leader heard of it', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 10, maxLength: 60 }), (events) => {
        const cluster = new FakeBrokers();
        cluster.start(...ids);
        for (const one of events) {
          const start = cluster.log.records.length;
          happen(cluster, one);
          for (const { apiKey, message } of cluster.log.records.slice(start)) {
            if (apiKey !== recordKey.registerBroker) continue;
            const { brokerId, fenced } = message as { brokerId: number; fenced: boolean };
            if (!fenced) continue;
            for (const [topicId] of cluster.image.written.topics()) {
              for (let i = 0; i < cluster.image.written.partitionCount(topicId); i++) {
                const partition = cluster.image.written.partition(topicId, i);
                assert.ok(!partition?.isr.includes(brokerId), `a new registration of ${brokerId} is in no ISR`);
              }
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
