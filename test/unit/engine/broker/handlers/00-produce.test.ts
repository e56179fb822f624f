import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compressionCodec } from '#engine/base/codec.ts';
import { produceEntry, produceEntryWords } from '#engine/base/produce-entry.ts';
import { topicNameHashOfString } from '#engine/metadata/columns/placement.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { setBatchAttributes } from '#engine/protocol/records/batch-view.ts';
import { Aborted, FakeBroker } from '../../../../support/fake-broker-services.ts';
import { testBatch } from '../../../../support/log-fixture.ts';

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAQ';
const batch = testBatch();

interface Target {
  readonly name?: string;
  readonly topicId?: string;
  readonly indexes: readonly number[];
}

function request(targets: readonly Target[], acks: number, records: Uint8Array = batch) {
  const topicData = targets.map(({ indexes, ...topic }) => ({
    ...topic,
    partitionData: indexes.map((index) => ({ index, records })),
  }));
  return { acks, timeoutMs: 1000, topicData };
}

async function produce(broker: FakeBroker, version: number, targets: readonly Target[], acks = -1, records = batch) {
  const answer = (await broker.call(apiKey.Produce, version, request(targets, acks, records))) as ProduceResponse;
  return answer.responses.flatMap(({ name, topicId, partitionResponses }) =>
    partitionResponses.map((one) => [version >= 13 ? topicId : name, one.index, one.errorCode, one.baseOffset]),
  );
}

test('every version answers with the base offset', async () => {
  const broker = new FakeBroker();
  const topicId = broker.addTopic('a');
  for (let version = 3; version <= 13; version++) {
    const target = version >= 13 ? { topicId, indexes: [0] } : { name: 'a', indexes: [0] };
    const found = await produce(broker, version, [target]);
    assert.deepEqual(found, [[version >= 13 ? topicId : 'a', 0, 0, 100n]]);
  }
});

test('each batch is an entry of one call, with its owner and where it lies', async () => {
  const broker = new FakeBroker({ shards: 3 });
  broker.addTopic('a', { partitions: 4 });
  await produce(broker, 9, [{ name: 'a', indexes: [3, 0, 1] }]);
  const [call] = broker.produceCalls;
  assert.equal(broker.produceCalls.length, 1);
  assert.equal(call!.count, 3);
  [3, 0, 1].forEach((partition, index) => {
    const word = (at: number) => call!.words[index * produceEntryWords + at]!;
    assert.equal(word(produceEntry.row), broker.rowOf('a', partition));
    assert.equal(call!.shards[index], ((topicNameHashOfString('a') >>> 0) + partition) % 3);
    const from = word(produceEntry.from);
    assert.deepEqual(Buffer.from(call!.bytes.subarray(from, from + word(produceEntry.length))), Buffer.from(batch));
  });
});

test('what is unknown or led elsewhere is answered beside what is appended', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  broker.addTopic('elsewhere', { state: { leader: 2 } });
  const found = await produce(broker, 9, [
    { name: 'nope', indexes: [0] },
    { name: 'a', indexes: [9, 0, -1] },
    { name: 'elsewhere', indexes: [0] },
  ]);
  assert.deepEqual(found, [
    ['nope', 0, errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
    ['a', 9, errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
    ['a', 0, 0, 100n],
    ['a', -1, errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
    ['elsewhere', 0, errorCode.NOT_LEADER_OR_FOLLOWER, -1n],
  ]);
  const byId = await produce(broker, 13, [{ topicId: unknownId, indexes: [0] }]);
  assert.deepEqual(byId, [[unknownId, 0, errorCode.UNKNOWN_TOPIC_ID, -1n]]);
});

test('a partition that is led elsewhere because its replica here is offline is answered with the disk’s failure', async () => {
  const broker = new FakeBroker();
  broker.addTopic('lost', { state: { leader: -1 } });
  broker.offlineRows.add(broker.rowOf('lost', 0));
  const found = await produce(broker, 9, [{ name: 'lost', indexes: [0] }]);
  assert.deepEqual(found, [['lost', 0, errorCode.KAFKA_STORAGE_ERROR, -1n]]);
});

test('acks other than -1, 0 and 1 append nothing', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  for (const acks of [2, -2, 32767]) {
    const found = await produce(broker, 9, [{ name: 'a', indexes: [0] }], acks);
    assert.deepEqual(found, [['a', 0, errorCode.INVALID_REQUIRED_ACKS, -1n]]);
  }
  assert.equal(broker.produceCalls.length, 0);
});

test('records of a transaction are refused, for none can have begun', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const records = testBatch({ producerId: 1n, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  const found = await produce(broker, 9, [{ name: 'a', indexes: [0] }], -1, records);
  assert.deepEqual(found, [['a', 0, errorCode.INVALID_TXN_STATE, -1n]]);
});

test('zstd is for clients that know it, from version 7 on', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const records = testBatch();
  setBatchAttributes(records, 0, compressionCodec.zstd);
  const found = await produce(broker, 6, [{ name: 'a', indexes: [0] }], -1, records);
  assert.deepEqual(found, [['a', 0, errorCode.UNSUPPORTED_COMPRESSION_TYPE, -1n]]);
  assert.equal(broker.produceCalls.length, 0);
});

test('acks=0 gets no bytes, and loses its connection on a failure', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const fine = await broker.send(apiKey.Produce, 9, request([{ name: 'a', indexes: [0] }], 0));
  await fine.finished;
  assert.equal(fine.reply!.length, 0);
  await assert.rejects(produce(broker, 9, [{ name: 'nope', indexes: [0] }], 0), Aborted);
});

test('a batch that the log refuses is told where the log starts', async () => {
  const broker = new FakeBroker();
  broker.holdsCalls = true;
  broker.addTopic('a', { partitions: 2 });
  for (const partition of [0, 1]) broker.metadata.runtime.setStart(broker.rowOf('a', partition), 40, 0);
  const exchange = await broker.send(apiKey.Produce, 9, request([{ name: 'a', indexes: [0, 1] }], -1));
  const [call] = broker.produceCalls;
  const recordErrors = [{ batchIndex: 0, message: 'no key' }];
  call!.appended(0, errorCode.INVALID_RECORD, -1, -1, { message: 'refused', recordErrors });
  call!.appended(1, errorCode.CORRUPT_MESSAGE, -1, -1, undefined);
  await exchange.finished;
  const answer = (await broker.decode(apiKey.Produce, 9, exchange)) as ProduceResponse;
  const found = answer.responses[0]!.partitionResponses;
  assert.deepEqual(
    found.map((one) => [one.errorCode, one.logStartOffset, one.errorMessage, one.recordErrors.length]),
    [
      [errorCode.INVALID_RECORD, 40n, 'refused', 1],
      [errorCode.CORRUPT_MESSAGE, -1n, null, 0],
    ],
  );
});
