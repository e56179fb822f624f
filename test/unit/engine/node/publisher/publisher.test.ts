import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroUuid } from '../../../../../engine/base/brands.ts';
import { createTopics } from '../../../../../engine/controller/apis/19-create-topics.ts';
import { deleteTopics } from '../../../../../engine/controller/apis/20-delete-topics.ts';
import { createPartitions } from '../../../../../engine/controller/apis/37-create-partitions.ts';
import { incrementalAlterConfigs } from '../../../../../engine/controller/apis/44-incremental-alter-configs.ts';
import { fenceBroker, unfenceBroker } from '../../../../../engine/controller/broker-lifecycle.ts';
import { PartitionChanger } from '../../../../../engine/controller/partition-changer.ts';
import { partitionChangeRecord, partitionRecord, topicRecord } from '../../../../../engine/controller/records.ts';
import { shardOf, topicNameHashOfString } from '../../../../../engine/metadata/columns/placement.ts';
import { SharedMetadata, SharedMetadataWriter } from '../../../../../engine/metadata/columns/shared-metadata.ts';
import type { PublisherMessage, ShardDelta } from '../../../../../engine/metadata/delta.ts';
import type { MetadataRecord } from '../../../../../engine/metadata/metadata-record.ts';
import { decodeTopicConfig } from '../../../../../engine/metadata/topic-config-bytes.ts';
import { Publisher } from '../../../../../engine/node/publisher/publisher.ts';
import { DecisionFixture } from '../../../../support/controller-fixture.ts';
import fc from '../../../../support/fast-check.ts';
import { listPartitions, topicByName } from '../../../../support/topic-queries.ts';

/** A shard that reads the shared columns, and keeps which partitions it leads by name, as the real one keeps logs. */
class FakeShard {
  readonly shared: SharedMetadata;
  readonly inbox: PublisherMessage[] = [];
  readonly deltas: ShardDelta[] = [];
  readonly leads = new Map<string, { id: string; epoch: number }>();
  readonly replicas = new Set<string>();
  /** Rows that were told of and had been taken away again by then. */
  readonly #passed = new Set<number>();

  constructor(shared: SharedMetadata) {
    this.shared = shared;
  }

  apply(delta: ShardDelta): void {
    this.deltas.push(delta);
    for (const { topic, partition, row } of delta.remove) {
      const was = this.replicas.delete(`${topic}-${partition}`) || this.#passed.delete(row);
      assert.ok(was, `${topic}-${partition} was not there to remove`);
      this.leads.delete(`${topic}-${partition}`);
    }
    for (const row of delta.lead) this.#take(row, true);
    for (const row of delta.follow) this.#take(row, false);
  }

  #take(row: number, leads: boolean): void {
    const { topics, partitions } = this.shared;
    if (!partitions.isLive(row)) {
      this.#passed.add(row);
      return;
    }
    const topicRow = partitions.topicRow(row);
    assert.equal(partitions.topicGeneration(row), topics.generationOf(topicRow));
    const name = `${topics.nameOf(topicRow)}-${partitions.partition(row)}`;
    this.replicas.add(name);
    if (leads) this.leads.set(name, { id: topics.idOf(topicRow), epoch: partitions.leaderEpoch(row) });
    else this.leads.delete(name);
  }
}

/** A publisher over an image that decisions write, with shards that act when told to. */
class Fixture {
  readonly decisions = new DecisionFixture();
  readonly writer = new SharedMetadataWriter({ rowsPerSegment: 8, bytesSegmentBytes: 4096, topicBuckets: 16 });
  readonly shards: FakeShard[];
  readonly published: number[] = [];
  readonly publisher: Publisher;

  constructor(shards = 2) {
    this.shards = Array.from({ length: shards }, () => new FakeShard(new SharedMetadata(this.writer.describe())));
    this.publisher = new Publisher({
      image: this.decisions.image,
      shared: this.writer,
      nodeId: 1,
      clusterId: 'cluster',
      kraftVersion: () => 1,
      shards,
      send: (shard, message) => this.shards[shard].inbox.push(structuredClone(message)),
      published: (offset) => this.published.push(offset),
    });
  }

  apply(records: readonly MetadataRecord[]): void {
    const { image, records: log } = this.decisions;
    for (const record of records) {
      image.replay(record, log.length);
      log.push(record);
    }
    const changes = image.commit(log.length, 1, 0);
    if (changes !== null) this.publisher.publish(changes);
  }

  create(name: string, numPartitions: number): void {
    const topic = { name, numPartitions, replicationFactor: 1, assignments: [], configs: [] };
    const request = { topics: [topic], timeoutMs: 1, validateOnly: false };
    this.apply(createTopics(this.decisions.context(7), request as never).records);
  }

  remove(name: string): void {
    const request = { topics: [{ name, topicId: zeroUuid }], topicNames: [] };
    this.apply(deleteTopics(this.decisions.context(6), request as never).records);
  }

  grow(name: string, count: number): void {
    const request = { topics: [{ name, count, assignments: null }], timeoutMs: 1, validateOnly: false };
    this.apply(createPartitions(this.decisions.context(3), request as never).records);
  }

  configure(resourceType: number, resourceName: string, name: string, value: string): void {
    const resource = { resourceType, resourceName, configs: [{ name, configOperation: 0, value }] };
    const request = { resources: [resource], validateOnly: false };
    this.apply(incrementalAlterConfigs(this.decisions.context(1), request as never).records);
  }

  fence(fenced: boolean): void {
    const context = this.decisions.context(0);
    const broker = context.image.broker(1);
    if (broker === undefined || broker.fenced === fenced) return;
    const changer = new PartitionChanger(context);
    if (fenced) fenceBroker(changer, broker);
    else unfenceBroker(changer, broker);
    this.apply(changer.records);
  }

  /** Lets a shard act on its oldest message. */
  step(index: number): boolean {
    const shard = this.shards[index];
    const message = shard.inbox.shift();
    if (message === undefined) return false;
    if (message.kind === 'segments') {
      for (const segment of message.segments) shard.shared.addSegment(segment);
      this.publisher.acknowledgeSegments(index, message.number);
    } else {
      shard.apply(message.delta);
      this.publisher.acknowledge(index, message.delta.imageOffset);
    }
    return true;
  }

  settle(): void {
    for (let moved = true; moved; ) moved = this.shards.map((_, i) => this.step(i)).includes(true);
  }

  /** Names of the partitions that a shard is to lead. */
  expected(index: number, led: boolean): string[] {
    const { committed } = this.decisions.image;
    const found: string[] = [];
    for (const { id, name } of committed.topics.values()) {
      const block = committed.partitions(id);
      for (let i = 0; i < (block?.count ?? 0); i++) {
        const here = shardOf(topicNameHashOfString(name), i, this.shards.length) === index;
        if (here && (!led || block?.leader(i) === 1)) found.push(`${name}-${i}`);
      }
    }
    return found.sort();
  }

  check(): void {
    this.shards.forEach((shard, index) => {
      assert.deepEqual([...shard.leads.keys()].sort(), this.expected(index, true));
      assert.deepEqual([...shard.replicas].sort(), this.expected(index, false));
      for (const [name, { id, epoch }] of shard.leads) {
        const topic = name.slice(0, name.lastIndexOf('-'));
        assert.equal(id, this.decisions.image.committed.topicByName(topic)?.id);
        assert.equal(topicByName(shard.shared, topic)?.id, id);
        const partition = Number(name.slice(topic.length + 1));
        assert.equal(epoch, this.decisions.image.committed.partitions(id)?.leaderEpoch(partition));
      }
    });
    assert.equal(this.publisher.publishedOffset, this.decisions.image.committed.offset);
  }
}

describe('publisher', () => {
  it('publishes all there is at the start, then what changes', () => {
    const fixture = new Fixture();
    fixture.create('before', 5);
    fixture.publisher.start();
    fixture.settle();
    fixture.check();
    assert.ok(fixture.shards.every(({ deltas }) => deltas.length === 1 && deltas[0].full));
    assert.equal(fixture.shards[0].deltas[0].cluster?.brokers[0].endpoints[0].listener, 'PLAINTEXT');
    fixture.create('after', 3);
    fixture.settle();
    fixture.check();
    assert.deepEqual(
      fixture.shards.map(({ deltas }) => [deltas[1].full, deltas[1].cluster]),
      [
        [false, null],
        [false, null],
      ],
    );
  });

  it('counts an image as published when the last shard has acted on it', () => {
    const fixture = new Fixture(3);
    fixture.publisher.start();
    fixture.settle();
    const before = fixture.publisher.publishedOffset;
    fixture.configure(32, 'g', 'consumer.session.timeout.ms', '50000');
    fixture.configure(4, '', 'log.retention.ms', '1000');
    assert.ok(fixture.step(2) && fixture.step(2) && fixture.step(0));
    assert.equal(fixture.publisher.publishedOffset, before);
    fixture.step(1);
    assert.equal(fixture.publisher.publishedOffset, before + 1);
    fixture.settle();
    assert.deepEqual(fixture.published.slice(-2), [before + 1, before + 2]);
    const [group, broker] = fixture.shards[1].deltas.slice(-2);
    assert.deepEqual(group.resourceConfigs, [
      { type: 32, name: 'g', values: [['consumer.session.timeout.ms', '50000']] },
    ]);
    assert.equal(group.brokerConfigs, null);
    assert.ok(broker.brokerConfigs?.cluster.some(([name, value]) => name === 'log.retention.ms' && value === '1000'));
  });

  it('tells a topic made again under the same name from its predecessor', () => {
    const fixture = new Fixture();
    fixture.publisher.start();
    fixture.create('t', 2);
    fixture.settle();
    const [shard] = fixture.shards;
    const old = topicByName(shard.shared, 't');
    const oldGeneration = shard.shared.topics.generationOf(old?.row ?? -1);
    fixture.remove('t');
    fixture.create('t', 2);
    const next = topicByName(shard.shared, 't');
    assert.notEqual(next?.id, old?.id);
    // Nobody has acknowledged the removal: the old row is not used again.
    assert.notEqual(next?.row, old?.row);
    fixture.settle();
    fixture.check();
    fixture.create('u', 1);
    fixture.settle();
    const reused = topicByName(shard.shared, 'u');
    assert.equal(reused?.row, old?.row);
    assert.notEqual(shard.shared.topics.generationOf(reused?.row ?? -1), oldGeneration);
  });

  it('puts overrides into the row and says whose changed', () => {
    const fixture = new Fixture();
    fixture.publisher.start();
    fixture.create('t', 1);
    fixture.configure(2, 't', 'retention.ms', '77');
    fixture.settle();
    const { shared, deltas } = fixture.shards[1];
    const row = topicByName(shared, 't')?.row ?? -1;
    assert.deepEqual(deltas.at(-1)?.topicConfigs, [row]);
    assert.deepEqual([...decodeTopicConfig(shared.topics.configOf(row))], [['retention.ms', '77']]);
  });

  it('names a partition again whose leader came back while segments were awaited', () => {
    const fixture = new Fixture();
    fixture.publisher.start();
    fixture.create('t', 4);
    fixture.settle();
    fixture.create('more', 40);
    assert.ok(fixture.shards[0].inbox.some(({ kind }) => kind === 'segments'));
    fixture.fence(true);
    fixture.fence(false);
    fixture.settle();
    fixture.check();
  });

  it('tells of a partition that is led on in its epoch, and of one that is followed, when their ISR changes', () => {
    const fixture = new Fixture(1);
    fixture.publisher.start();
    const topicId = 'sXcVcXGbR0qSF1xVrQm1vA';
    const replicas = [1, 2];
    const directories = [zeroUuid, zeroUuid];
    fixture.apply([
      topicRecord('t', topicId),
      partitionRecord(topicId, 0, replicas, [1, 2], directories, 2),
      partitionRecord(topicId, 1, replicas, [2, 1], directories, 2),
    ]);
    fixture.settle();
    fixture.apply([
      partitionChangeRecord(topicId, 0, { isr: [1] }, 2),
      partitionChangeRecord(topicId, 1, { isr: [2] }, 2),
    ]);
    fixture.settle();
    const { shared, deltas } = fixture.shards[0];
    const delta = deltas.at(-1);
    assert.deepEqual([delta?.lead.length, delta?.altered.length, delta?.follow.length], [0, 1, 1]);
    const [led] = delta?.altered ?? [];
    assert.deepEqual(shared.partitions.isr(led), [1]);
    assert.deepEqual([shared.partitions.leaderEpoch(led), shared.partitions.partitionEpoch(led)], [0, 1]);
    fixture.apply([partitionChangeRecord(topicId, 0, { leader: 1 }, 2)]);
    fixture.settle();
    assert.deepEqual(deltas.at(-1)?.lead, [led]);
    assert.deepEqual(deltas.at(-1)?.altered, []);
  });

  it('gives a replaced shard everything anew, and waits for it', () => {
    const fixture = new Fixture();
    fixture.publisher.start();
    fixture.create('t', 4);
    fixture.settle();
    fixture.create('u', 4);
    fixture.shards[0] = new FakeShard(new SharedMetadata(fixture.writer.describe()));
    fixture.publisher.shardRestarted(0);
    fixture.step(1);
    fixture.step(1);
    assert.ok(fixture.publisher.publishedOffset < fixture.decisions.image.committed.offset);
    fixture.settle();
    assert.equal(fixture.shards[0].deltas[0].full, true);
    fixture.check();
  });

  it('lists topics in order and goes on at a cursor', () => {
    const fixture = new Fixture();
    fixture.publisher.start();
    fixture.create('b', 3);
    fixture.create('a', 2);
    fixture.settle();
    const { shared } = fixture.shards[0];
    const first = listPartitions(shared, [], null, 3);
    assert.deepEqual(
      first.topics.map(({ name, partitions }) => [name, partitions.map(({ partition }) => partition)]),
      [
        ['a', [0, 1]],
        ['b', [0]],
      ],
    );
    assert.deepEqual(first.next, { topic: 'b', partition: 1 });
    const rest = listPartitions(shared, ['b', 'nope', 'a'], first.next, 3);
    assert.deepEqual(
      rest.topics.map(({ name, topic, partitions }) => [name, topic !== null, partitions.length]),
      [
        ['b', true, 2],
        ['nope', false, 0],
      ],
    );
    assert.equal(rest.next, null);
  });

  it('ends with every shard leading what the image says, in whatever order shards act', () => {
    const script = fc.array(fc.tuple(fc.nat(7), fc.nat(100)), { maxLength: 80 });
    fc.assert(
      fc.property(script, (steps) => {
        const fixture = new Fixture();
        fixture.publisher.start();
        const names = ['a', 'b', 'c'];
        for (const [kind, pick] of steps) {
          const name = names[pick % 3];
          if (kind <= 1) fixture.step(kind);
          else if (kind === 2) fixture.create(name, 1 + (pick % 9));
          else if (kind === 3) fixture.remove(name);
          else if (kind === 4) fixture.grow(name, 2 + (pick % 12));
          else if (kind === 5) fixture.configure(2, name, 'flush.ms', String(pick));
          else fixture.fence(kind === 6);
        }
        fixture.settle();
        fixture.check();
      }),
      { numRuns: 150 },
    );
  });
});
