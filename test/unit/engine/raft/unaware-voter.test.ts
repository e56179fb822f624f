import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster, voterOf } from './raft-cluster.ts';

test('a voter that does not know yet that it is one elects the leader that counts on it', () => {
  const cluster = new Cluster({ seed: 1, voters: [1], spares: [2], dynamic: true });
  const [first, second] = [cluster.node(1), cluster.node(2)];
  first.start();
  second.start();
  cluster.advance(10_000);
  assert.equal(first.raft?.canAppend, true);
  assert.ok(second.highWatermark > 0, 'it observes');
  // The record that makes it a voter does not reach it, and without it none of the two can commit anything.
  for (const link of ['1-2', '2-1']) cluster.cuts.add(link);
  cluster.sendRequest(first, -1, 1, {
    kind: 'add-voter',
    voter: voterOf(2),
    ackWhenCommitted: true,
    timeoutMs: 1000,
  });
  cluster.advance(20_000);
  assert.equal(first.raft?.canAppend, false);
  cluster.cuts.clear();
  cluster.advance(20_000);
  assert.equal(first.raft?.canAppend, true);
  assert.equal(second.highWatermark, first.log.end().offset);
});
