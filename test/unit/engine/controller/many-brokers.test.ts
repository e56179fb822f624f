import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorCode } from '../../../../engine/protocol/errors.ts';
import { dumpWritten } from '../../../support/dump-image.ts';
import { FakeBrokers, uuid } from '../../../support/fake-brokers.ts';

const twoInsync = { 'min.insync.replicas': '2' };

/** Lets time pass while only some brokers give signs of life. */
function pass(cluster: FakeBrokers, ms: number, ...alive: readonly number[]): void {
  for (let left = ms; left > 0; left -= 1000) {
    cluster.clock.advance(Math.min(left, 1000));
    for (const id of alive) cluster.heartbeat(id);
  }
}

describe('a controller of many brokers', () => {
  it('fences brokers one by one in the order in which they fell silent', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12, 13);
    cluster.createTopic('t', [[11, 12, 13]], twoInsync);
    pass(cluster, 2000, 12, 13);
    pass(cluster, 2000, 13);
    pass(cluster, 6000, 13);
    assert.equal(cluster.line('t'), '12 isr 12,13 elr  last ');
    pass(cluster, 3000, 13);
    assert.equal(cluster.line('t'), '13 isr 13 elr 12 last ');
    pass(cluster, 10_000);
    assert.equal(cluster.line('t'), '-1 isr  elr 12,13 last 13');
    cluster.heartbeat(12);
    assert.equal(cluster.line('t'), '12 isr 12 elr 13 last ');
  });

  it('fences all of those whose sessions end together, the longest silent first', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]], twoInsync);
    cluster.clock.advance(1);
    cluster.heartbeat(11);
    cluster.clock.advance(60_000);
    assert.equal(cluster.line('t'), '-1 isr  elr 11,12 last 11');
  });

  it('gives every broker a whole session when it takes over', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.clock.advance(8000);
    cluster.log.resign();
    cluster.clock.advance(60_000);
    assert.equal(cluster.heartbeat(11).errorCode, errorCode.NOT_CONTROLLER);
    cluster.log.lead();
    cluster.clock.advance(8000);
    assert.equal(cluster.line('t'), '11 isr 11,12 elr  last ');
    cluster.heartbeat(11);
    cluster.clock.advance(2000);
    assert.equal(cluster.line('t'), '11 isr 11 elr  last ');
  });

  it('fences a broker at once whose connection is gone and whose port is closed, and takes its successor', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.drop(11, true);
    cluster.clock.advance(200);
    assert.equal(cluster.line('t'), '12 isr 12 elr  last ');
    assert.equal(cluster.register(11, 1), 0);
    cluster.refusing.delete(11);
    assert.equal(cluster.heartbeat(11).isFenced, false);
    cluster.clock.advance(5000);
    assert.equal(cluster.image.written.broker(11)?.fenced, false);
  });

  it('leaves a broker its session whose connection is gone, while it listens or is heard of again', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.drop(11, false);
    cluster.clock.advance(5000);
    assert.equal(cluster.line('t'), '11 isr 11,12 elr  last ');
    cluster.drop(12, true);
    cluster.clock.advance(10);
    cluster.heartbeat(12);
    cluster.clock.advance(2000);
    assert.equal(cluster.line('t'), '11 isr 11,12 elr  last ');
    cluster.drop(11, true);
    cluster.clock.advance(10);
    cluster.refusing.delete(11);
    cluster.clock.advance(1000);
    assert.equal(cluster.image.written.broker(11)?.fenced, false);
  });

  it('asks after every broker when it takes over: who led before may have died as a broker too', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.log.resign();
    cluster.refusing.add(11);
    cluster.drop(11, true);
    cluster.log.lead();
    cluster.clock.advance(200);
    assert.equal(cluster.line('t'), '12 isr 12 elr  last ');
  });

  it('leaves no trace of what it decided and could not commit', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]], twoInsync);
    const before = dumpWritten(cluster.image);
    const offset = cluster.log.endOffset();
    cluster.log.autoCommit = false;
    assert.equal(cluster.heartbeat(11, { fence: true }), null);
    assert.equal(cluster.line('t'), '12 isr 12 elr 11 last ');
    cluster.log.resign();
    assert.deepEqual(dumpWritten(cluster.image), before);
    cluster.log.autoCommit = true;
    cluster.log.lead();
    assert.equal(cluster.log.endOffset(), offset);
    assert.equal(cluster.line('t'), '11 isr 11,12 elr  last ');
    // Nor of a shutdown that had begun: the offset that was waited for is asked for anew.
    assert.equal(cluster.heartbeat(11, { shutDown: true }).shouldShutDown, false);
    cluster.heartbeat(12);
    assert.equal(cluster.heartbeat(11, { shutDown: true }).shouldShutDown, true);
  });

  it('takes the successor of a broker that was let go at once, of one that died when its session is over', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.heartbeat(11, { shutDown: true });
    assert.equal(cluster.register(11, 1, true), 0);
    assert.equal(cluster.register(12, 1), errorCode.DUPLICATE_BROKER_REGISTRATION);
    cluster.clock.advance(10_000);
    assert.equal(cluster.register(12, 1), 0);
  });

  it('keeps a broker that was stopped in order eligible, and none that died', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12, 13);
    cluster.createTopic('t', [[11, 12, 13]], { 'min.insync.replicas': '3' });
    for (const id of [12, 13]) cluster.heartbeat(id, { shutDown: true });
    assert.equal(cluster.line('t'), '11 isr 11 elr 12,13 last ');
    assert.equal(cluster.register(12, 1, true), 0);
    assert.equal(cluster.register(13, 1, false), 0);
    assert.equal(cluster.line('t'), '11 isr 11 elr 12 last ');
  });

  it('moves leaderships back to preferred replicas once an interval, where these are in sync', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [
      [11, 12],
      [11, 12],
    ]);
    cluster.heartbeat(11, { fence: true });
    cluster.heartbeat(11);
    assert.equal(cluster.alterIsr('t', 0, [12, 11]), 0);
    pass(cluster, 200_000, 11, 12);
    assert.equal(cluster.line('t'), '12 isr 12,11 elr  last ');
    pass(cluster, 100_000, 11, 12);
    assert.equal(cluster.line('t'), '11 isr 12,11 elr  last ');
    assert.equal(cluster.line('t', 1), '12 isr 12 elr  last ');
    const offset = cluster.log.endOffset();
    pass(cluster, 301_000, 11, 12);
    assert.equal(cluster.log.endOffset(), offset);
  });

  it('never moves leaderships back where that is switched off', () => {
    const cluster = new FakeBrokers({ balanceIntervalMs: Number.POSITIVE_INFINITY });
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.heartbeat(11, { fence: true });
    cluster.heartbeat(11);
    assert.equal(cluster.alterIsr('t', 0, [12, 11]), 0);
    pass(cluster, 1_000_000, 11, 12);
    assert.equal(cluster.partition('t').leader, 12);
  });

  it('elects uncleanly once an interval where it has become allowed', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]]);
    cluster.heartbeat(12, { fence: true });
    cluster.heartbeat(11, { fence: true });
    cluster.heartbeat(12);
    pass(cluster, 301_000, 12);
    assert.equal(cluster.line('t'), '-1 isr  elr 11 last 11');
    assert.equal(cluster.setConfig(4, '', 'unclean.leader.election.enable', 'true'), 0);
    pass(cluster, 301_000, 12);
    assert.equal(cluster.line('t'), '12 isr 12 elr  last  recovering');
  });

  it('forgets eligible leaders when min.insync.replicas changes', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]], twoInsync);
    cluster.createTopic('u', [[11, 12]], twoInsync);
    cluster.heartbeat(12, { fence: true });
    assert.equal(cluster.line('t'), '11 isr 11 elr 12 last ');
    assert.equal(cluster.setConfig(2, 't', 'min.insync.replicas', '1'), 0);
    assert.equal(cluster.line('t'), '11 isr 11 elr  last ');
    assert.equal(cluster.line('u'), '11 isr 11 elr 12 last ');
    assert.equal(cluster.setConfig(4, '', 'min.insync.replicas', '2'), 0);
    assert.equal(cluster.line('u'), '11 isr 11 elr  last ');
  });

  it('elects nobody whose replica lies in a directory that is offline', () => {
    const cluster = new FakeBrokers();
    assert.equal(cluster.register(11, 0, false, 2), 0);
    cluster.heartbeat(11);
    cluster.start(12);
    cluster.createTopic('t', [[11, 12]], twoInsync);
    const topicId = cluster.image.written.topicByName('t')?.id;
    const lost = uuid('directory', 11, 1);
    const directories = [{ id: lost, topics: [{ topicId, partitions: [{ partitionIndex: 0 }] }] }];
    cluster.send(73, 0, { brokerId: 11, brokerEpoch: cluster.brokers.get(11)?.epoch, directories });
    cluster.heartbeat(11, { offline: [lost] });
    assert.equal(cluster.line('t'), '12 isr 12 elr 11 last ');
    cluster.heartbeat(12, { fence: true });
    assert.equal(cluster.line('t'), '-1 isr  elr 11,12 last 12');
    cluster.heartbeat(11, { fence: true });
    cluster.heartbeat(11);
    assert.equal(cluster.partition('t').leader, -1);
    cluster.heartbeat(12);
    assert.equal(cluster.line('t'), '12 isr 12 elr 11 last ');
  });

  it('completes what is left of a reassignment that another one superseded', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12, 13);
    cluster.createTopic('t', [[11, 12]]);
    assert.equal(cluster.reassign('t', 0, [11, 13]), 0);
    assert.equal(cluster.reassign('t', 0, [12]), 0);
    const { replicas, addingReplicas, removingReplicas, leader, isr } = cluster.partition('t');
    assert.deepEqual(
      { replicas, addingReplicas, removingReplicas, leader, isr },
      {
        replicas: [12],
        addingReplicas: [],
        removingReplicas: [],
        leader: 12,
        isr: [12],
      },
    );
  });

  it('raises the leader epoch when a replica is taken away, so that its leader counts it no longer', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12, 13);
    cluster.createTopic('t', [[11, 12]]);
    assert.equal(cluster.reassign('t', 0, [11, 13]), 0);
    assert.deepEqual([cluster.partition('t').leader, cluster.partition('t').leaderEpoch], [11, 0]);
    assert.equal(cluster.alterIsr('t', 0, [11, 12, 13]), 0);
    const { replicas, isr, leader, leaderEpoch } = cluster.partition('t');
    assert.deepEqual(
      { replicas, isr, leader, leaderEpoch },
      { replicas: [11, 13], isr: [11, 13], leader: 11, leaderEpoch: 1 },
    );
  });

  it('keeps the last member in the ISR where there is no ELR to remember it in', () => {
    const cluster = new FakeBrokers();
    const featureUpdates = [{ feature: 'eligible.leader.replicas.version', maxVersionLevel: 0, upgradeType: 2 }];
    cluster.send(57, 2, { timeoutMs: 1000, featureUpdates, validateOnly: false });
    cluster.start(11, 12);
    cluster.createTopic('t', [[11, 12]], twoInsync);
    cluster.heartbeat(12, { fence: true });
    cluster.heartbeat(11, { fence: true });
    assert.equal(cluster.line('t'), '-1 isr 11 elr  last ');
    cluster.heartbeat(12);
    assert.equal(cluster.line('t'), '-1 isr 11 elr  last ');
    cluster.heartbeat(11);
    assert.equal(cluster.line('t'), '11 isr 11 elr  last ');
  });

  it('decides on a partition that a request names twice as the first time left it', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12, 13);
    cluster.createTopic('t', [[11, 12, 13]], { 'min.insync.replicas': '3' });
    const epochs = [11, 12].map((brokerId) => ({ brokerId, brokerEpoch: -1n }));
    const wanted = { partitionIndex: 0, leaderEpoch: 0, leaderRecoveryState: 0, partitionEpoch: 0 };
    const partitions = [
      { ...wanted, newIsrWithEpochs: epochs.slice(0, 1) },
      { ...wanted, newIsrWithEpochs: epochs },
    ];
    const topics = [{ topicId: cluster.image.written.topicByName('t')?.id, partitions }];
    const answer = cluster.send<{ topics: { partitions: { errorCode: number }[] }[] }>(56, 3, {
      brokerId: 11,
      brokerEpoch: cluster.brokers.get(11)?.epoch,
      topics,
    });
    assert.deepEqual(
      answer.topics[0].partitions.map((one) => one.errorCode),
      [0, errorCode.INVALID_UPDATE_VERSION],
    );
    assert.equal(cluster.line('t'), '11 isr 11 elr 12,13 last ');
  });

  it('hands out producer ids that no two brokers share', () => {
    const cluster = new FakeBrokers();
    cluster.start(11, 12);
    const ask = (id: number) =>
      cluster.send<{ errorCode: number; producerIdStart: bigint; producerIdLen: number }>(67, 0, {
        brokerId: id,
        brokerEpoch: cluster.brokers.get(id)?.epoch,
      });
    const starts = [ask(11), ask(12), ask(11)].map(({ producerIdStart }) => producerIdStart);
    assert.deepEqual(starts, [0n, 1000n, 2000n]);
    cluster.brokers.set(11, { id: 11, incarnation: 0, epoch: 1n });
    assert.equal(ask(11).errorCode, errorCode.STALE_BROKER_EPOCH);
  });
});
