import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#engine/base/limits.ts';
import type { PartitionQuestion, ProducerDescription, ProducersItem } from '#engine/broker/partition-questions.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeProducersResponse } from '#engine/protocol/generated/describe-producers-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

function producer(id: number): ProducerDescription {
  return {
    producerId: BigInt(id),
    producerEpoch: 2,
    lastSequence: 8,
    lastTimestampMs: 99,
    coordinatorEpoch: -1,
    currentTxnStartOffset: -1,
  };
}

/** An owner whose partitions have `count` producers each. */
function ownerWith(count: number) {
  return (_owner: number, question: PartitionQuestion) =>
    (question.items as readonly ProducersItem[]).map(({ skip }) => ({
      errorCode: 0,
      producers: Array.from({ length: Math.min(Math.max(count - skip, 0), limits.producersPerAnswer) }, (_, i) =>
        producer(skip + i),
      ),
    }));
}

async function describeProducers(broker: FakeBroker, topics: { name: string; partitionIndexes: number[] }[]) {
  return (await broker.call(apiKey.DescribeProducers, 0, { topics })) as DescribeProducersResponse;
}

test('producers are listed by partition; what is not there is said so', async () => {
  const broker = new FakeBroker({ answer: ownerWith(1) });
  broker.addTopic('a');
  const answer = await describeProducers(broker, [
    { name: 'a', partitionIndexes: [0, 7, 0] },
    { name: 'nope', partitionIndexes: [0] },
    { name: 'bad name', partitionIndexes: [0] },
  ]);
  assert.deepEqual(
    answer.topics.map(({ partitions }) => partitions.map((one) => [one.errorCode, one.activeProducers.length])),
    [
      [
        [0, 1],
        [errorCode.UNKNOWN_TOPIC_OR_PARTITION, 0],
        [0, 1],
      ],
      [[errorCode.UNKNOWN_TOPIC_OR_PARTITION, 0]],
      [[errorCode.INVALID_TOPIC_EXCEPTION, 0]],
    ],
  );
  const [first] = answer.topics[0]!.partitions[0]!.activeProducers;
  assert.deepEqual(
    { ...first, unknownTaggedFields: [] },
    {
      producerId: 0n,
      producerEpoch: 2,
      lastSequence: 8,
      lastTimestamp: 99n,
      coordinatorEpoch: -1,
      currentTxnStartOffset: -1n,
      unknownTaggedFields: [],
    },
  );
  assert.equal(answer.topics[0]!.partitions[1]!.errorMessage, null);
  assert.match(answer.topics[2]!.partitions[0]!.errorMessage!, /bad name/);
});

test('many producers come in pieces, one partition a message', async () => {
  const count = 2 * limits.producersPerAnswer + 5;
  const broker = new FakeBroker({ shards: 1, answer: ownerWith(count) });
  broker.addTopic('a', { partitions: 2 });
  const answer = await describeProducers(broker, [{ name: 'a', partitionIndexes: [0, 1] }]);
  for (const { activeProducers } of answer.topics[0]!.partitions) {
    assert.equal(new Set(activeProducers.map(({ producerId }) => producerId)).size, count);
  }
  assert.equal(broker.questions.length, 6);
  for (const { question } of broker.questions) assert.equal(question.items.length, 1);
});

test('a partition that is named again and again is asked once, and answered so often as is not too much', async () => {
  const broker = new FakeBroker({ answer: ownerWith(1000) });
  broker.addTopic('a');
  const often = 5000;
  const answer = await describeProducers(broker, [{ name: 'a', partitionIndexes: new Array<number>(often).fill(0) }]);
  assert.equal(broker.questions.length, 1);
  const { partitions } = answer.topics[0]!;
  const full = partitions.filter(({ activeProducers }) => activeProducers.length === 1000);
  assert.equal(full.length, 1 + Math.floor(limits.producersRepeated / 1000));
  const rest = partitions.slice(full.length);
  assert.equal(rest.length, often - full.length);
  assert.ok(
    rest.every(
      ({ errorCode: code, activeProducers }) => code === errorCode.INVALID_REQUEST && activeProducers.length === 0,
    ),
  );
});
