/** Quorums under cuts, crashes, slow flushes and delays, from seeds: what must hold, holds; and they heal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster, type Node, seededRandom, textOf } from './raft-cluster.ts';

const voters = [1, 2, 3];

class Checker {
  readonly leaders = new Map<number, number>();
  readonly committed: string[] = [];
  readonly highWatermarks = new Map<string, number>();

  leader(id: number, epoch: number): void {
    assert.ok((this.leaders.get(epoch) ?? id) === id, `epoch ${epoch} has two leaders`);
    this.leaders.set(epoch, id);
  }

  /** Committed batches are the same everywhere, and the watermark of one life of a node only rises. */
  highWatermark(node: Node, offset: number): void {
    const life = `${node.id}/${node.incarnation}`;
    assert.ok(offset > (this.highWatermarks.get(life) ?? -1), 'the high watermark goes back');
    this.highWatermarks.set(life, offset);
    this.compare(node, offset);
  }

  compare(node: Node, offset: number): void {
    const below = node.log.all().filter((batch) => batch.lastOffset < offset);
    below.forEach((batch, index) => {
      const known = this.committed[index];
      if (known === undefined) this.committed.push(textOf(batch));
      else assert.equal(textOf(batch), known, `node ${node.id} has another committed record`);
    });
  }
}

function disturb(cluster: Cluster, random: ReturnType<typeof seededRandom>, turn: number): void {
  const id = 1 + random.below(cluster.nodes.size);
  const other = 1 + random.below(cluster.nodes.size);
  const node = cluster.node(id);
  switch (random.below(9)) {
    case 0:
      cluster.cuts.add(`${id}-${other}`);
      return;
    case 1:
      cluster.cuts.add(`${id}-${other}`).add(`${other}-${id}`);
      return;
    case 2:
    case 3:
      cluster.cuts.clear();
      return;
    case 4:
      if (node.raft === null) node.start();
      else node.crash();
      return;
    case 5:
      node.autoFlush = !node.autoFlush;
      if (node.autoFlush) node.flush();
      return;
    case 6:
      if (node.raft !== null) node.step({ type: 'resign', epoch: node.raft.epoch });
      return;
    case 7:
      if (node.highWatermark > 0 && random.below(4) === 0) node.log.takeSnapshot(node.highWatermark);
      return;
    default:
      for (const each of cluster.nodes.values()) if (each.raft?.canAppend === true) each.append(`r${turn}`);
  }
}

function run(seed: number): { elections: number; committed: number } {
  const random = seededRandom(seed);
  const checker = new Checker();
  const cluster = new Cluster(
    { seed, voters, observers: [4], dynamic: seed % 2 === 0, latencyMs: () => 1 + random.below(40) },
    (node, offset) => checker.highWatermark(node, offset),
    (id, epoch) => checker.leader(id, epoch),
  );
  for (const node of cluster.nodes.values()) node.start();
  for (let turn = 0; turn < 120; turn++) {
    disturb(cluster, random, turn);
    cluster.advance(random.below(900));
  }
  cluster.cuts.clear();
  for (const node of cluster.nodes.values()) {
    node.autoFlush = true;
    if (node.raft === null) node.start();
    else node.flush();
  }
  cluster.advance(20_000);
  const leader = [...cluster.nodes.values()].find((node) => node.raft?.canAppend === true);
  assert.ok(leader !== undefined, 'no leader after all is healed');
  leader.append('last');
  cluster.advance(3_000);
  for (const node of cluster.nodes.values()) {
    assert.equal(node.highWatermark, leader.log.end().offset, `node ${node.id} has not caught up`);
    checker.compare(node, node.highWatermark);
  }
  return { elections: checker.leaders.size, committed: checker.committed.length };
}

test('safety under faults, and healing after them', () => {
  const only = process.env.MILLRACE_SEED;
  const seeds = only === undefined ? Array.from({ length: 150 }, (_, index) => index + 1) : [Number(only)];
  let elections = 0;
  let committed = 0;
  for (const seed of seeds) {
    try {
      const result = run(seed);
      elections += result.elections;
      committed += result.committed;
    } catch (error) {
      throw new Error(`MILLRACE_SEED=${seed}`, { cause: error });
    }
  }
  assert.ok(elections > seeds.length && committed > seeds.length, `${elections} elections, ${committed} batches`);
});
