import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { OffsetForLeaderEpochResponse } from '#engine/protocol/generated/offset-for-leader-epoch-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

async function epochEnds(broker: FakeBroker, version: number, topics: Record<string, readonly number[]>) {
  const request = {
    ...(version >= 3 ? { replicaId: -1 } : {}),
    topics: Object.entries(topics).map(([topic, partitions]) => ({
      topic,
      partitions: partitions.map((partition) => ({ partition, currentLeaderEpoch: -1, leaderEpoch: 4 })),
    })),
  };
  return (await broker.call(apiKey.OffsetForLeaderEpoch, version, request)) as OffsetForLeaderEpochResponse;
}

test('every version answers in the order of the request, as often as was asked', async () => {
  const broker = new FakeBroker({ shards: 2 });
  broker.addTopic('a', { partitions: 3 });
  for (const version of [2, 3, 4]) {
    const { topics } = await epochEnds(broker, version, { a: [2, 0, 9, 0], nope: [0], empty: [] });
    assert.deepEqual(
      topics.map(({ topic, partitions }) => [
        topic,
        partitions.map(({ partition, errorCode: code, leaderEpoch, endOffset }) => [
          partition,
          code,
          leaderEpoch,
          endOffset,
        ]),
      ]),
      [
        [
          'a',
          [
            [2, 0, 4, 50n],
            [0, 0, 4, 50n],
            [9, errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1, -1n],
            [0, 0, 4, 50n],
          ],
        ],
        ['nope', [[0, errorCode.UNKNOWN_TOPIC_OR_PARTITION, -1, -1n]]],
        ['empty', []],
      ],
    );
  }
});

test('errors of the owner, and its death, are those of the partition', async () => {
  let answer: unknown = [{ errorCode: errorCode.FENCED_LEADER_EPOCH, leaderEpoch: -1, endOffset: -1 }];
  const broker = new FakeBroker({ answer: () => answer });
  broker.addTopic('a');
  const code = async () => (await epochEnds(broker, 4, { a: [0] })).topics[0]!.partitions[0]!.errorCode;
  assert.equal(await code(), errorCode.FENCED_LEADER_EPOCH);
  answer = undefined;
  assert.equal(await code(), errorCode.NOT_LEADER_OR_FOLLOWER);
});
