import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeleteRecordsItem } from '#engine/broker/partition-questions.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DeleteRecordsResponse } from '#engine/protocol/generated/delete-records-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

type Offsets = readonly (readonly [partitionIndex: number, offset: bigint])[];

async function deleteRecords(broker: FakeBroker, version: number, topics: readonly (readonly [string, Offsets])[]) {
  const request = {
    topics: topics.map(([name, offsets]) => ({
      name,
      partitions: offsets.map(([partitionIndex, offset]) => ({ partitionIndex, offset })),
    })),
    timeoutMs: 1000,
  };
  const answer = (await broker.call(apiKey.DeleteRecords, version, request)) as DeleteRecordsResponse;
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map((one) => [`${name}-${one.partitionIndex}`, one.errorCode, one.lowWatermark]),
  );
}

test('every version answers with the new start', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 2 });
  for (const version of [0, 1, 2]) {
    const found = await deleteRecords(broker, version, [
      [
        'a',
        [
          [0, 5n],
          [1, 7n],
        ],
      ],
    ]);
    assert.deepEqual(found, [
      ['a-0', 0, 5n],
      ['a-1', 0, 7n],
    ]);
  }
});

test('what is unknown, internal or led elsewhere is refused without a question', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  broker.addTopic('__consumer_offsets', { isInternal: true });
  broker.addTopic('elsewhere', { state: { leader: 2 } });
  const found = await deleteRecords(broker, 2, [
    ['a', [[3, 0n]]],
    ['nope', [[0, 0n]]],
    ['__consumer_offsets', [[0, 0n]]],
    ['elsewhere', [[0, 0n]]],
    ['empty', []],
  ]);
  assert.deepEqual(found, [
    ['a-3', errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
    ['nope-0', errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1n],
    ['__consumer_offsets-0', errorCode.INVALID_TOPIC_EXCEPTION, -1n],
    ['elsewhere-0', errorCode.NOT_LEADER_OR_FOLLOWER, -1n],
  ]);
  assert.equal(broker.questions.length, 0);
});

test('of a partition that is named twice the last offset counts', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const found = await deleteRecords(broker, 2, [
    ['a', [[0, 5n]]],
    ['a', [[0, -1n]]],
  ]);
  assert.equal(found.length, 1);
  const items = broker.questions.flatMap(({ question }) => question.items as readonly DeleteRecordsItem[]);
  assert.deepEqual(
    items.map(({ offset }) => offset),
    [-1],
  );
});

test('when the owner died, what it did is not known', async () => {
  const broker = new FakeBroker({ answer: () => undefined });
  broker.addTopic('a');
  assert.deepEqual(await deleteRecords(broker, 2, [['a', [[0, 5n]]]]), [['a-0', errorCode.REQUEST_TIMED_OUT, -1n]]);
});
