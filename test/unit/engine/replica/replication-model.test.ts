import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartitionLog } from '#engine/log/partition-log.ts';
import { batchBaseOffset, batchMaxTimestamp, batchRecordCount } from '#engine/protocol/records/batch-view.ts';
import { splitBatches } from '#engine/protocol/records/split-batches.ts';
import { readFrom, testBatch } from '../../../support/log-fixture.ts';
import { clusterTopic, ReplicaCluster } from '../../../support/replica-cluster.ts';

/**
 * Three nodes live through what chance brings: kills, cut links, leaders that change, checkpoints in between. What was
 * acknowledged to acks=all is afterwards where it was said to be, on every replica, and the replicas' logs are the same.
 */
const partitions = 2;
const steps = 60;
const seeds = Number(process.env.MILLRACE_REPLICATION_SEEDS ?? 12);
const firstSeed = Number(process.env.MILLRACE_REPLICATION_SEED ?? 1);

interface Acknowledged {
  readonly partition: number;
  readonly offset: number;
  readonly mark: number;
}

class Life {
  readonly cluster: ReplicaCluster;
  readonly acknowledged: Acknowledged[] = [];
  readonly dead = new Set<number>();
  produced = 0;
  moves = 0;

  constructor(cluster: ReplicaCluster) {
    this.cluster = cluster;
  }

  /** To whom the image says leads, or, as clients do whose metadata are old, to anybody. */
  produce(): void {
    const { random } = this.cluster;
    const partition = random.below(partitions);
    const { leader } = this.cluster.state(partition);
    const to = leader === -1 || random.oneIn(6) ? 1 + random.below(3) : leader;
    this.produced += 1;
    const mark = this.produced;
    const records = testBatch({ count: 1 + random.below(4), valueBytes: 1 + random.below(300), timestampMs: mark });
    const acks = random.oneIn(5) ? 1 : -1;
    const answered = (produced: { errorCode: number; baseOffset: number } | null): void => {
      if (produced?.errorCode === 0 && acks === -1) {
        this.acknowledged.push({ partition, offset: produced.baseOffset, mark });
      }
    };
    this.cluster.produce(to, partition, records, answered, { acks, timeoutMs: 1500 });
  }

  async step(): Promise<void> {
    const { cluster } = this;
    const { random } = cluster;
    const what = random.below(20);
    if (what < 11) for (let count = 1 + random.below(5); count > 0; count--) this.produce();
    else if (what === 11) await this.kill();
    else if (what === 12 || what === 13) await this.restart();
    else if (what === 14) cluster.network.cut(String(1 + random.below(3)), String(1 + random.below(3)));
    else if (what === 15 || what === 16) cluster.network.mend();
    else if (what === 17) this.moveLeader();
    else if (what === 18) for (const node of cluster.nodes.values()) await node.writeCheckpoints();
    if (cluster.directoryNames.length > 1 && random.oneIn(3)) this.moveLog();
    await cluster.run(random.below(30));
    if (random.oneIn(12)) await cluster.run(random.below(1500), 5);
  }

  /** Found out by the controller when the session is over; now and then a broker that lives is fenced as well. */
  private async kill(): Promise<void> {
    const { cluster } = this;
    const id = 1 + cluster.random.below(3);
    if (this.dead.has(id) || this.dead.size === 2) return;
    if (cluster.random.below(3) > 0) {
      cluster.kill(id);
      this.dead.add(id);
    }
    await cluster.run(cluster.random.below(60));
    cluster.fence(id);
    if (!this.dead.has(id)) {
      await cluster.run(cluster.random.below(60));
      cluster.controller.unfence(id);
      cluster.publish();
    }
  }

  private async restart(): Promise<void> {
    const [id] = this.dead;
    if (id === undefined) return;
    this.dead.delete(id);
    await this.cluster.restart(id);
  }

  /** Between a node's directories. What it is answered is not waited for: the node may die before. */
  private moveLog(): void {
    const { nodes, random, directoryNames } = this.cluster;
    const node = nodes.get(1 + random.below(3));
    void node?.move(clusterTopic, random.below(partitions), random.below(directoryNames.length)).then((code) => {
      if (code === 0) this.moves += 1;
    });
  }

  private moveLeader(): void {
    const { cluster } = this;
    cluster.controller.moveLeader(cluster.controller.topics[0]!, cluster.random.below(partitions));
    cluster.publish();
  }

  async heal(): Promise<void> {
    const { cluster } = this;
    cluster.network.mend();
    while (this.dead.size > 0) await this.restart();
    const isWhole = (): boolean => {
      for (let partition = 0; partition < partitions; partition++) {
        const { isr, leader } = cluster.state(partition);
        if (isr.length < 3 || leader === -1) return false;
        const ends = [...cluster.nodes.values()].map((node) => node.partition(clusterTopic, partition).log);
        if (ends.some((log) => log.highWatermark !== log.logEndOffset)) return false;
        if (new Set(ends.map((log) => log.logEndOffset)).size > 1) return false;
      }
      return true;
    };
    await cluster.until(isWhole, 'all replicas are the same and in sync', 30_000);
    const isMoving = (): boolean => [...cluster.nodes.values()].some((node) => node.isMoving);
    await cluster.until(() => !isMoving(), 'all moves have come to their end', 60_000);
  }

  async check(): Promise<void> {
    const { nodes } = this.cluster;
    for (let partition = 0; partition < partitions; partition++) {
      const logs = [...nodes.values()].map((node) => node.partition(clusterTopic, partition).log);
      const contents = await Promise.all(logs.map(everything));
      for (const bytes of contents) assert.ok(bytes.equals(contents[0]!), `logs of partition ${partition} differ`);
      const marks = new Map<number, number>();
      let next = 0;
      for (const batch of splitBatches(contents[0]!)) {
        assert.equal(batchBaseOffset(batch, 0), next, 'offsets are dense');
        marks.set(next, batchMaxTimestamp(batch, 0));
        next += batchRecordCount(batch, 0);
      }
      for (const { partition: of, offset, mark } of this.acknowledged) {
        if (of === partition) assert.equal(marks.get(offset), mark, `the record acknowledged at ${offset} is lost`);
      }
    }
  }
}

async function everything(log: PartitionLog): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset; ) {
    const read = await readFrom(log, offset);
    assert.ok(read !== 'out-of-range' && read.nextOffset > offset);
    pieces.push(read.bytes);
    offset = read.nextOffset;
  }
  return Buffer.concat(pieces);
}

async function live(seed: number, directories = 1): Promise<Life> {
  const properties = new Map([
    ['replica.lag.time.max.ms', '1000'],
    ['replica.fetch.backoff.ms', '50'],
  ]);
  const topicConfigs = new Map([
    ['segment.bytes', '1048576'],
    // Its records bear numbers in the place of times.
    ['retention.ms', '-1'],
    ['min.insync.replicas', String(1 + (seed % 2))],
  ]);
  // Copies take about as long as what happens meanwhile.
  const brokerConfigs = new Map([['replica.alter.log.dirs.io.max.bytes.per.second', '50000']]);
  const options = { seed, partitions, properties, topicConfigs, directories, brokerConfigs };
  const cluster = await ReplicaCluster.start(options);
  const life = new Life(cluster);
  for (let step = 0; step < steps; step++) await life.step();
  await life.heal();
  await life.check();
  return life;
}

async function liveAll(directories: number): Promise<Life[]> {
  const lives: Life[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    try {
      lives.push(await live(seed, directories));
    } catch (error) {
      throw new Error(`MILLRACE_REPLICATION_SEED=${seed} MILLRACE_REPLICATION_SEEDS=1`, { cause: error });
    }
  }
  const acknowledged = lives.reduce((sum, life) => sum + life.acknowledged.length, 0);
  assert.ok(acknowledged > 20 * seeds, `only ${acknowledged} batches were acknowledged`);
  return lives;
}

test('no acknowledged record is lost, and logs agree, whatever happens to nodes and links', async () => {
  await liveAll(1);
});

test('nor while logs are moved between the directories of their nodes', async () => {
  const lives = await liveAll(2);
  const moves = lives.reduce((sum, life) => sum + life.moves, 0);
  assert.ok(moves > seeds, `only ${moves} moves`);
});
