import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListOffsetsItem } from '#engine/broker/partition-questions.ts';
import { topicNameHashOfString } from '#engine/metadata/columns/placement.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { ListOffsetsResponse } from '#engine/protocol/generated/list-offsets-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

interface Asked {
  readonly partitionIndex: number;
  readonly timestamp?: bigint;
  readonly currentLeaderEpoch?: number;
}

async function listOffsets(broker: FakeBroker, version: number, topics: Record<string, Asked[]>, isolationLevel = 0) {
  const message = {
    replicaId: -1,
    topics: Object.entries(topics).map(([name, asked]) => ({
      name,
      partitions: asked.map((one) => ({ timestamp: -1n, ...one })),
    })),
  };
  const request = version >= 2 ? { ...message, isolationLevel } : message;
  const answer = (await broker.call(apiKey.ListOffsets, version, request)) as ListOffsetsResponse;
  return new Map(
    answer.topics.flatMap(({ name, partitions }) =>
      partitions.map((one): [string, typeof one] => [`${name}-${one.partitionIndex}`, one]),
    ),
  );
}

test('every version answers, with epochs from version 4', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  for (let version = 1; version <= 11; version++) {
    const found = await listOffsets(broker, version, { a: [{ partitionIndex: 0 }] });
    const answer = found.get('a-0')!;
    assert.equal(answer.errorCode, 0);
    assert.equal(answer.offset, 1000n + BigInt(broker.rowOf('a', 0)));
    assert.equal(answer.leaderEpoch, version >= 4 ? 3 : -1);
  }
});

test('each owner is asked once, for all its partitions', async () => {
  const broker = new FakeBroker({ shards: 3 });
  broker.addTopic('a', { partitions: 7 });
  broker.addTopic('b', { partitions: 2 });
  const all = (count: number) => Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex }));
  const found = await listOffsets(broker, 11, { a: all(7), b: all(2) });
  assert.equal(found.size, 9);
  assert.deepEqual(broker.questions.map(({ owner }) => owner).sort(), [0, 1, 2]);
  for (const { owner, question } of broker.questions) {
    assert.equal(question.kind, 'listOffsets');
    for (const { row } of question.items) {
      const topic = broker.metadata.topics.nameOf(broker.metadata.partitions.topicRow(row));
      const partition = broker.metadata.partitions.partition(row);
      assert.equal(((topicNameHashOfString(topic) >>> 0) + partition) % 3, owner);
      assert.equal(found.get(`${topic}-${partition}`)!.offset, 1000n + BigInt(row));
    }
  }
});

test('a partition that is named twice is invalid and asked of nobody', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 2 });
  const twice = [{ partitionIndex: 0 }, { partitionIndex: 1 }, { partitionIndex: 0, timestamp: -2n }];
  const found = await listOffsets(broker, 11, { a: twice });
  assert.equal(found.get('a-0')!.errorCode, errorCode.INVALID_REQUEST);
  assert.equal(found.get('a-1')!.errorCode, 0);
  assert.equal(found.size, 2);
  assert.equal(
    broker.questions.reduce((sum, { question }) => sum + question.items.length, 0),
    1,
  );
});

test('named places exist from their version on', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const since = new Map([
    [-1n, 1],
    [-2n, 1],
    [-3n, 7],
    [-4n, 8],
    [-5n, 9],
    [-6n, 11],
    [-7n, 12],
  ]);
  for (const [timestamp, first] of since) {
    for (let version = 1; version <= 11; version++) {
      const found = await listOffsets(broker, version, { a: [{ partitionIndex: 0, timestamp }] });
      const expected = version >= first ? 0 : errorCode.UNSUPPORTED_VERSION;
      assert.equal(found.get('a-0')!.errorCode, expected, `${timestamp} in version ${version}`);
    }
  }
});

test('unknown topics and partitions, partitions led elsewhere, unknown isolation', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  broker.addTopic('elsewhere', { state: { leader: 2, replicas: [1, 2], isr: [1, 2] } });
  broker.addTopic('leaderless', { state: { leader: -1 } });
  broker.addTopic('lost', { state: { leader: -1 } });
  broker.offlineRows.add(broker.rowOf('lost', 0));
  const one = [{ partitionIndex: 0 }];
  const found = await listOffsets(broker, 11, {
    a: [{ partitionIndex: 1 }, { partitionIndex: -1 }],
    nope: one,
    elsewhere: one,
    leaderless: one,
    lost: one,
  });
  assert.deepEqual(
    [...found].map(([name, { errorCode: code, offset }]) => [name, code, offset]),
    [
      ['a-1', errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
      ['a--1', errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
      ['nope-0', errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
      ['elsewhere-0', errorCode.NOT_LEADER_OR_FOLLOWER, -1n],
      ['leaderless-0', errorCode.NOT_LEADER_OR_FOLLOWER, -1n],
      ['lost-0', errorCode.KAFKA_STORAGE_ERROR, -1n],
    ],
  );
  assert.equal((await listOffsets(broker, 11, { a: one }, 7)).get('a-0')!.errorCode, errorCode.UNKNOWN_SERVER_ERROR);
  assert.equal(broker.questions.length, 0);
});

test('isolation, timestamp and epoch reach the owner', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  await listOffsets(broker, 11, { a: [{ partitionIndex: 0, timestamp: 1234n, currentLeaderEpoch: 5 }] }, 1);
  const { question } = broker.questions[0]!;
  assert.ok(question.kind === 'listOffsets' && question.readCommitted);
  const item = question.items[0] as ListOffsetsItem;
  assert.equal(item.timestampMs, 1234);
  assert.equal(item.currentLeaderEpoch, 5);
  assert.equal(item.topicGeneration, broker.metadata.topics.generationOf(broker.metadata.topics.findByNameString('a')));
});

test('an owner that died answers for none of its partitions, the others are answered', async () => {
  const broker = new FakeBroker({
    answer: (owner, question) =>
      owner === 0
        ? undefined
        : question.items.map(() => ({ errorCode: 0, offset: 9, timestampMs: -1, leaderEpoch: 0 })),
  });
  broker.addTopic('a', { partitions: 2 });
  const found = await listOffsets(broker, 11, { a: [{ partitionIndex: 0 }, { partitionIndex: 1 }] });
  const codes = [...found.values()].map(({ errorCode: code }) => code).sort();
  assert.deepEqual(codes, [0, errorCode.NOT_LEADER_OR_FOLLOWER]);
});
