import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from './raft-cluster.ts';

test('a leader that starts again is elected by one who still knows it as the leader', () => {
  const cluster = new Cluster({ seed: 1, voters: [1, 2] });
  for (const node of cluster.nodes.values()) node.start();
  const leading = () => [...cluster.nodes.values()].find((node) => node.raft?.canAppend === true);
  cluster.advance(10_000);
  const first = leading();
  assert.ok(first !== undefined, 'one is elected');
  const other = cluster.node(3 - first.id);
  // The other lacks a record, so that nobody else can be elected.
  cluster.cuts.add(`${first.id}-${other.id}`);
  first.append('only here');
  cluster.advance(10);
  first.crash();
  cluster.cuts.clear();
  first.start();
  cluster.advance(20_000);
  assert.equal(leading()?.id, first.id);
  assert.ok(other.highWatermark > 0 && other.highWatermark === first.log.end().offset);
});
