import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { MetadataNeeds } from '#engine/metadata/columns/metadata-needs.ts';
import type { PartitionState } from '#engine/metadata/columns/partition-writer.ts';
import { SharedMetadata, SharedMetadataWriter } from '#engine/metadata/columns/shared-metadata.ts';
import type { TopicState } from '#engine/metadata/columns/topic-writer.ts';
import fc from '../../../../support/fast-check.ts';
import { partitionState } from '../../../../support/partition-state.ts';

const small = { rowsPerSegment: 8, bytesSegmentBytes: 1024, topicBuckets: 4 };

function uuid(): string {
  return randomBytes(16).toString('base64url');
}

function state(leader: number, overrides: Partial<PartitionState> = {}): PartitionState {
  return partitionState({ leader, replicas: [leader], isr: [leader], ...overrides });
}

function topic(name: string, config = '') {
  return { id: uuid(), name, isInternal: false, config: Buffer.from(config) };
}

/** A writer and one reader, with the publisher's order of things: reserve, hand over, write. */
function pair() {
  const writer = new SharedMetadataWriter(small);
  const reader = new SharedMetadata(structuredCloneShared(writer));
  const reserved = (add: (needs: MetadataNeeds) => void) => {
    const needs = new MetadataNeeds();
    add(needs);
    for (const message of writer.reserve(needs)) reader.addSegment(message);
  };
  return {
    writer,
    reader,
    reserved,
    create(made: TopicState, states: readonly PartitionState[]) {
      reserved((needs) => needs.addTopic(made, states));
      return writer.createTopic(made, states);
    },
    addPartitions(row: number, states: readonly PartitionState[], offset: number) {
      reserved((needs) => needs.addPartitions(writer.topics.partitionCountOf(row) + states.length, states));
      writer.addPartitions(row, states, offset);
    },
    setConfig(row: number, text: string, offset: number) {
      reserved((needs) => needs.addConfig(Buffer.from(text)));
      writer.setConfig(row, Buffer.from(text), offset);
    },
    update(row: number, next: PartitionState, offset: number) {
      reserved((needs) => needs.addUpdate(next));
      writer.updatePartition(row, next, offset);
    },
  };
}

/** As a worker gets it: buffers shared, everything else copied. */
function structuredCloneShared(writer: SharedMetadataWriter) {
  return structuredClone(writer.describe());
}

test('a topic is found by name, by bytes of a name, by id, and read back', () => {
  const { reader, create } = pair();
  const created = topic('orders', '{"retention.ms":"1"}');
  const directory = uuid();
  const row = create(created, [
    state(1, {
      leaderEpoch: 7,
      partitionEpoch: 9,
      replicas: [1, 2, 3],
      isr: [1, 3],
      elr: [2],
      directories: [directory],
    }),
    state(2, { lastKnownElr: [4], removingReplicas: [5], addingReplicas: [6, 7], leaderRecoveryState: 1 }),
  ]);
  const { topics, partitions } = reader;
  assert.equal(topics.findByNameString('orders'), row);
  assert.equal(topics.findByName(Buffer.from('..orders..'), 2, 6), row);
  assert.equal(topics.findByIdUuid(created.id), row);
  assert.equal(topics.findById(Buffer.concat([Buffer.alloc(3), Buffer.from(created.id, 'base64url')]), 3), row);
  assert.equal(topics.findByNameString('order'), -1);
  assert.equal(topics.findByNameString('ordérs'), -1);
  assert.equal(topics.findByIdUuid(uuid()), -1);
  assert.equal(topics.nameOf(row), 'orders');
  assert.equal(topics.idOf(row), created.id);
  assert.equal(Buffer.from(topics.configOf(row)).toString(), '{"retention.ms":"1"}');
  assert.equal(topics.isInternal(row), false);
  assert.equal(topics.partitionCountOf(row), 2);
  assert.equal(topics.partitionRow(row, 2), -1);
  assert.equal(topics.partitionRow(row, -1), -1);
  const [first, second] = [topics.partitionRow(row, 0), topics.partitionRow(row, 1)];
  assert.deepEqual(
    [partitions.leader(first), partitions.leaderEpoch(first), partitions.partitionEpoch(first)],
    [1, 7, 9],
  );
  assert.deepEqual(
    [partitions.replicas(first), partitions.isr(first), partitions.elr(first)],
    [[1, 2, 3], [1, 3], [2]],
  );
  assert.deepEqual(partitions.directories(first), [directory]);
  assert.deepEqual([partitions.topicRow(second), partitions.partition(second)], [row, 1]);
  assert.deepEqual(
    [partitions.lastKnownElr(second), partitions.removingReplicas(second), partitions.addingReplicas(second)],
    [[4], [5], [6, 7]],
  );
  assert.equal(partitions.leaderRecoveryState(second), 1);
});

test('a change of state, config and partition count is seen, and old bytes come back only when allowed', () => {
  const { writer, reader, create, setConfig, update } = pair();
  const row = create(topic('a', 'x'), [state(1, { replicas: [1, 2, 3] })]);
  const usedBefore = writer.bytes.usedBytes;
  const old = reader.topics.configOf(row);
  const partition = reader.topics.partitionRow(row, 0);
  const sequence = reader.partitions.sequenceOf(partition);
  setConfig(row, 'y', 5);
  update(partition, state(2, { leaderEpoch: 1, replicas: [1, 2, 4] }), 5);
  assert.equal(Buffer.from(reader.topics.configOf(row)).toString(), 'y');
  assert.deepEqual(reader.partitions.replicas(partition), [1, 2, 4]);
  assert.notEqual(reader.partitions.sequenceOf(partition), sequence);
  setConfig(row, 'z', 6);
  assert.equal(Buffer.from(old).toString(), 'x', 'what a reader may still see is untouched');
  writer.reclaim(4);
  assert.ok(writer.bytes.usedBytes > usedBefore);
  writer.reclaim(6);
  assert.equal(writer.bytes.usedBytes, usedBefore);
});

test('partitions added later keep the rows of the old ones', () => {
  const { writer, reader, create, addPartitions } = pair();
  const row = create(topic('a'), [state(1), state(1)]);
  create(topic('between'), [state(9)]);
  const before = [0, 1].map((p) => writer.topics.partitionRow(row, p));
  addPartitions(row, [state(2), state(3)], 3);
  assert.deepEqual(
    [0, 1].map((p) => reader.topics.partitionRow(row, p)),
    before,
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((p) => reader.partitions.leader(reader.topics.partitionRow(row, p))),
    [1, 1, 2, 3],
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((p) => reader.partitions.partition(reader.topics.partitionRow(row, p))),
    [0, 1, 2, 3],
  );
});

test('a deleted topic is not found; its rows get other tenants only after the acknowledgement', () => {
  const { writer, reader, create } = pair();
  const row = create(topic('gone'), [state(1), state(2)]);
  const partition = reader.topics.partitionRow(row, 0);
  const generation = reader.topics.generationOf(row);
  assert.equal(reader.partitions.topicGeneration(partition), generation);
  reader.runtime.setEnd(partition, 10, 10, 100);
  writer.removeTopic(row, 8);
  assert.equal(reader.topics.findByNameString('gone'), -1);
  assert.equal(reader.topics.isLive(row), false);
  assert.equal(reader.partitions.isLive(partition), false);
  assert.equal(reader.topics.nameOf(row), 'gone', 'a reader that has the row may finish with it');
  const other = create(topic('gone'), [state(3)]);
  assert.notEqual(other, row);
  writer.reclaim(8);
  const again = create(topic('later'), [state(4)]);
  assert.equal(again, row);
  assert.notEqual(reader.topics.generationOf(row), generation);
  assert.equal(reader.topics.partitionRow(row, 0), partition);
  assert.equal(reader.partitions.topicGeneration(partition), reader.topics.generationOf(row));
  assert.equal(reader.runtime.logEndOffset(partition), 0, 'a new tenant begins without a log');
  assert.equal(reader.runtime.logDirectory(partition), -1);
});

test('what was not reserved is not written once there are readers', () => {
  const { writer, reader, create } = pair();
  const before = create(topic('before'), [state(1)]);
  const tooMany = Array.from({ length: 20 }, (_, i) => state(i));
  assert.throws(() => writer.createTopic(topic('partitions'), tooMany), /without having been reserved/);
  assert.throws(() => writer.setConfig(before, Buffer.alloc(1010), 1), /without having been reserved/);
  assert.equal(reader.topics.findByNameString('before'), before);
});

test('a row in a segment that the reader has not been given is not live, and not read', () => {
  const { writer, reader } = pair();
  const needs = new MetadataNeeds();
  needs.topics = 20;
  needs.partitions = 20;
  needs.entries.push(1024);
  const segments = writer.reserve(needs);
  assert.ok(segments.length >= 3);
  assert.equal(reader.topics.isLive(15), false);
  assert.equal(reader.partitions.isLive(15), false);
  assert.throws(() => reader.partitions.leader(15), /no such row/);
  for (const message of segments) reader.addSegment(message);
  assert.equal(reader.partitions.leader(15), 0);
});

test('needs cover whatever an image adds: nothing more is made while it is written', () => {
  const part = fc.record({ replicas: fc.integer({ min: 0, max: 40 }), leader: fc.nat() });
  const made = fc.record({ config: fc.integer({ min: 0, max: 1000 }), parts: fc.array(part, { maxLength: 12 }) });
  fc.assert(
    fc.property(fc.array(made, { maxLength: 8 }), (topics) => {
      const { writer, reserved } = pair();
      const image = topics.map(({ config, parts }, i) => ({
        topic: topic(`topic-${i}`, 'c'.repeat(config)),
        states: parts.map(({ replicas, leader }) =>
          state(leader, { replicas: Array.from({ length: replicas }, (_, k) => leader + k), directories: [uuid()] }),
        ),
      }));
      reserved((needs) => {
        for (const { topic: added, states } of image) needs.addTopic(added, states);
      });
      for (const { topic: added, states } of image) writer.createTopic(added, states);
    }),
    { numRuns: 200 },
  );
});

test('the columns agree with a plain model under creations, deletions and growth', () => {
  type Model = Map<string, { id: string; leaders: number[]; config: string }>;
  const step = fc.record({
    name: fc.constantFrom('a', 'bb', 'ccc', 'dddd', 'a.b-c_d', 'topic-1', 'topic-2', 'topic-3', 'topic-4'),
    kind: fc.constantFrom('create', 'create', 'delete', 'partitions', 'config', 'reclaim'),
    count: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { writer, reader, create, addPartitions, setConfig } = pair();
      const empty = writer.bytes.usedBytes;
      const model: Model = new Map();
      steps.forEach(({ name, kind, count }, offset) => {
        const row = writer.topics.findByNameString(name);
        const known = model.get(name);
        const states = Array.from({ length: count }, (_, i) => state(offset * 10 + i));
        if (kind === 'create' && known === undefined) {
          const created = topic(name, `c${offset}`);
          create(created, states);
          model.set(name, { id: created.id, leaders: states.map((s) => s.leader), config: `c${offset}` });
        } else if (kind === 'delete' && known !== undefined) {
          writer.removeTopic(row, offset);
          model.delete(name);
        } else if (kind === 'partitions' && known !== undefined) {
          addPartitions(row, states, offset);
          known.leaders.push(...states.map((s) => s.leader));
        } else if (kind === 'config' && known !== undefined) {
          known.config = 'x'.repeat(count * 20);
          setConfig(row, known.config, offset);
        } else if (kind === 'reclaim') {
          writer.reclaim(offset - count);
        }
        assertSame(reader, model);
      });
      for (const name of model.keys()) writer.removeTopic(writer.topics.findByNameString(name), 1000);
      writer.reclaim(1000);
      assert.equal(writer.bytes.usedBytes, empty, 'every name, config and list is given back');
      assert.equal(writer.partitions.listCount, 0);
    }),
    { numRuns: 60 },
  );

  function assertSame(reader: SharedMetadata, model: Model): void {
    const seen = new Set<string>();
    reader.topics.forEachTopic((row) => seen.add(reader.topics.nameOf(row)));
    assert.deepEqual([...seen].sort(), [...model.keys()].sort());
    let rows = 0;
    for (const [name, expected] of model) {
      const row = reader.topics.findByNameString(name);
      assert.equal(reader.topics.findByIdUuid(expected.id), row);
      assert.equal(reader.topics.idOf(row), expected.id);
      assert.equal(Buffer.from(reader.topics.configOf(row)).toString(), expected.config);
      const partitionRows = expected.leaders.map((_, p) => reader.topics.partitionRow(row, p));
      assert.deepEqual(
        partitionRows.map((r) => reader.partitions.leader(r)),
        expected.leaders,
      );
      assert.ok(partitionRows.every((r, p) => reader.partitions.partition(r) === p && reader.partitions.isLive(r)));
      rows += partitionRows.length;
    }
    let live = 0;
    reader.partitions.forEachRow(() => live++);
    assert.equal(live, rows);
  }
});
