import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readsToLogEnd } from '#engine/base/fetch-reader.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAQ';

type Asked = readonly { readonly topic?: string; readonly topicId?: string; readonly partitions: readonly number[] }[];

async function fetch(broker: FakeBroker, version: number, topics: Asked, more: object = {}) {
  const request = {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 1_000_000,
    topics: topics.map(({ partitions, ...topic }) => ({
      ...topic,
      partitions: partitions.map((partition) => ({ partition, fetchOffset: 0n, partitionMaxBytes: 1000 })),
    })),
    ...more,
  };
  const answer = (await broker.call(apiKey.Fetch, version, request)) as FetchResponse;
  const found = answer.responses.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((one) => [version >= 13 ? topicId : topic, one.partitionIndex, one.errorCode]),
  );
  return { code: answer.errorCode, sessionId: answer.sessionId, found };
}

test('every version answers', async () => {
  const broker = new FakeBroker();
  const topicId = broker.addTopic('a');
  for (let version = 4; version <= 18; version++) {
    const name = version >= 13 ? topicId : 'a';
    const topic = version >= 13 ? { topicId } : { topic: 'a' };
    const { code, found } = await fetch(broker, version, [{ ...topic, partitions: [0] }]);
    assert.deepEqual([code, found], [0, [[name, 0, 0]]], `version ${version}`);
  }
});

test('a partition that is named twice is fetched once, as it was named last', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 2 });
  const at = (partition: number, fetchOffset: bigint) => ({ partition, fetchOffset, partitionMaxBytes: 1 });
  const topics = [{ topic: 'a', partitions: [at(0, 1n), at(1, 2n), at(0, 3n)] }];
  await broker.call(apiKey.Fetch, 12, { maxWaitMs: 0, minBytes: 1, topics });
  const [call] = broker.fetchCalls;
  assert.deepEqual(
    call!.targets.map(({ row, fetchOffset }) => [row, fetchOffset]),
    [
      [broker.rowOf('a', 0), 3],
      [broker.rowOf('a', 1), 2],
    ],
  );
});

test('what is not here is answered at once', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  broker.addTopic('elsewhere', { state: { leader: 2, replicas: [2], isr: [2] } });
  broker.addTopic('lost', { state: { leader: -1 } });
  broker.offlineRows.add(broker.rowOf('lost', 0));
  const asked = [
    { topic: 'nope', partitions: [0] },
    { topic: 'a', partitions: [9] },
    { topic: 'elsewhere', partitions: [0] },
    { topic: 'lost', partitions: [0] },
  ];
  // Whoever knows of followers may read of any replica, and is told by the partition's owner.
  const { found } = await fetch(broker, 10, asked, { maxWaitMs: 60_000 });
  assert.deepEqual(found, [
    ['nope', 0, errorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['a', 9, errorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['elsewhere', 0, errorCode.NOT_LEADER_OR_FOLLOWER],
    ['lost', 0, errorCode.KAFKA_STORAGE_ERROR],
  ]);
  const byId = await fetch(broker, 13, [{ topicId: unknownId, partitions: [0] }]);
  assert.deepEqual(byId.found, [[unknownId, 0, errorCode.UNKNOWN_TOPIC_ID]]);
  assert.equal(broker.fetchCalls.length, 0);
});

test('a follower is read for by leaders alone, a consumer that knows of followers by any replica', async () => {
  const broker = new FakeBroker();
  broker.addTopic('led');
  broker.addTopic('followed', { state: { leader: 2, replicas: [2, 1], isr: [2, 1] } });
  const { NOT_LEADER_OR_FOLLOWER } = errorCode;
  const asked = ['led', 'followed'].map((topic) => ({ topic, partitions: [0] }));
  const codes = async (version: number, more: object): Promise<unknown[]> => {
    const { found } = await fetch(broker, version, asked, more);
    return found.map(([, , code]) => code);
  };
  assert.deepEqual(await codes(12, { replicaId: 5 }), [0, NOT_LEADER_OR_FOLLOWER]);
  const { replicaId, brokerEpoch, onlyOfLeaders } = broker.fetchCalls.at(-1)!.reader;
  assert.deepEqual([replicaId, brokerEpoch, onlyOfLeaders], [5, -1, true]);
  assert.deepEqual(await codes(12, { replicaId: -1 }), [0, 0]);
  assert.deepEqual(await codes(10, { replicaId: -1 }), [0, NOT_LEADER_OR_FOLLOWER]);
  assert.deepEqual(await codes(10, { replicaId: -3 }), [0, NOT_LEADER_OR_FOLLOWER]);
});

test('who compares replicas reads any of them, up to its end', async () => {
  const broker = new FakeBroker();
  broker.addTopic('followed', { state: { leader: 2, replicas: [2, 1], isr: [2, 1] } });
  for (const [version, replicaId] of [
    [10, -2],
    [12, -7],
  ] as const) {
    const { found } = await fetch(broker, version, [{ topic: 'followed', partitions: [0] }], { replicaId });
    assert.equal(found[0]![2], 0);
    const { reader } = broker.fetchCalls.at(-1)!;
    assert.deepEqual([reader.replicaId, reader.onlyOfLeaders, readsToLogEnd(reader)], [-2, false, true]);
  }
});

test('an unknown isolation fails the request', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const odd = await fetch(broker, 12, [{ topic: 'a', partitions: [0] }], { isolationLevel: 5 });
  assert.deepEqual([odd.code, odd.found], [errorCode.UNKNOWN_SERVER_ERROR, []]);
});

test('sessions: made by epoch 0, continued in steps, named in answers', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 2 });
  const first = await fetch(broker, 12, [{ topic: 'a', partitions: [0, 1] }], { sessionEpoch: 0 });
  const { sessionId } = first;
  assert.notEqual(sessionId, 0);
  assert.equal(first.found.length, 2);
  const step = (epoch: number, more: object = {}, topics: Asked = []) =>
    fetch(broker, 12, topics, { sessionId, sessionEpoch: epoch, ...more });
  const wrong = await step(2);
  assert.deepEqual([wrong.code, wrong.sessionId], [errorCode.INVALID_FETCH_SESSION_EPOCH, 0]);
  assert.deepEqual(await step(1), { code: 0, sessionId, found: [] });
  const missing = [['nope', 0, errorCode.UNKNOWN_TOPIC_OR_PARTITION]];
  assert.deepEqual((await step(2, {}, [{ topic: 'nope', partitions: [0] }])).found, missing);
  // An error is told each time.
  assert.deepEqual((await step(3)).found, missing);
  assert.deepEqual((await step(4, { forgottenTopicsData: [{ topic: 'nope', partitions: [0] }] })).found, []);
  const byId = await fetch(broker, 13, [], { sessionId, sessionEpoch: 5 });
  assert.deepEqual([byId.code, byId.sessionId], [errorCode.FETCH_SESSION_TOPIC_ID_ERROR, 0]);
  assert.deepEqual(await step(5), { code: 0, sessionId, found: [] });
});

test('sessions: one that fetches nothing any longer ends', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const { sessionId } = await fetch(broker, 12, [{ topic: 'a', partitions: [0] }], { sessionEpoch: 0 });
  const forgottenTopicsData = [{ topic: 'a', partitions: [0] }];
  const last = await fetch(broker, 12, [], { sessionId, sessionEpoch: 1, forgottenTopicsData });
  assert.deepEqual(last, { code: 0, sessionId: 0, found: [] });
  const after = await fetch(broker, 12, [], { sessionId, sessionEpoch: 2 });
  assert.equal(after.code, errorCode.FETCH_SESSION_ID_NOT_FOUND);
});

test('sessions: an empty one may begin; the final epoch ends one', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const { sessionId } = await fetch(broker, 12, [], { sessionEpoch: 0 });
  assert.notEqual(sessionId, 0);
  const final = await fetch(broker, 12, [{ topic: 'a', partitions: [0] }], { sessionId, sessionEpoch: -1 });
  assert.deepEqual(final, { code: 0, sessionId: 0, found: [['a', 0, 0]] });
  assert.equal(broker.services.fetchSessions.size, 0);
  const unknown = await fetch(broker, 12, [], { sessionId: 5, sessionEpoch: 1 });
  assert.deepEqual([unknown.code, unknown.sessionId], [errorCode.FETCH_SESSION_ID_NOT_FOUND, 0]);
});

test('a connection that goes gives its fetch up', async () => {
  const broker = new FakeBroker();
  broker.holdsCalls = true;
  broker.addTopic('a');
  const topics = [{ topic: 'a', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1 }] }];
  const exchange = await broker.send(apiKey.Fetch, 12, { maxWaitMs: 60_000, minBytes: 1, topics });
  assert.equal(exchange.reply, undefined);
  assert.ok(exchange.isReleased);
  broker.peer.onClose!();
  await exchange.finished;
  assert.equal(broker.peer.onClose, undefined);
});
