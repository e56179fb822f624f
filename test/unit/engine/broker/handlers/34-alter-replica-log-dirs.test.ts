import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topicNameHashOfString } from '#engine/metadata/columns/placement.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { AlterReplicaLogDirsResponse } from '#engine/protocol/generated/alter-replica-log-dirs-response.js';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

type Dirs = readonly (readonly [path: string, topics: Readonly<Record<string, readonly number[]>>])[];

const directory = (path: string) => ({ path, isOnline: true, totalBytes: 1, usableBytes: 1 });

async function alter(broker: FakeBroker, dirs: Dirs, version = 2): Promise<string[]> {
  const request = {
    dirs: dirs.map(([path, topics]) => ({
      path,
      topics: Object.entries(topics).map(([name, partitions]) => ({ name, partitions })),
    })),
  };
  const answer = (await broker.call(apiKey.AlterReplicaLogDirs, version, request)) as AlterReplicaLogDirsResponse;
  return answer.results.flatMap(({ topicName, partitions }) =>
    partitions.map(({ partitionIndex, errorCode: code }) => `${topicName}-${partitionIndex} ${code}`),
  );
}

test('owners are asked by name, also for what is not here; a path that is none of the node is not found', async () => {
  const broker = new FakeBroker({ shards: 3 });
  broker.directories = [directory('/one'), directory('/two')];
  broker.addTopic('a', { partitions: 2 });
  for (const version of [1, 2]) {
    broker.questions.length = 0;
    const found = await alter(
      broker,
      [
        ['/two', { a: [0, 1], later: [5] }],
        ['/three', { b: [0] }],
      ],
      version,
    );
    assert.deepEqual(found, ['a-0 0', 'a-1 0', 'later-5 0', `b-0 ${errorCode.LOG_DIR_NOT_FOUND}`]);
    const asked = broker.questions.flatMap(({ owner, question }) => {
      assert.equal(question.kind, 'alterLogDirs');
      return question.items.map((item) => ({ owner, ...item }));
    });
    assert.equal(asked.length, 3);
    for (const { owner, topic, partition, directory: index } of asked) {
      assert.equal(owner, ((topicNameHashOfString(topic) >>> 0) + partition) % 3);
      assert.equal(index, 1);
    }
  }
});

test('a partition that is named twice goes where it was named last', async () => {
  const broker = new FakeBroker();
  broker.directories = [directory('/one'), directory('/two')];
  const found = await alter(broker, [
    ['/two', { a: [0, 0] }],
    ['/one', { a: [0] }],
  ]);
  assert.deepEqual(found, ['a-0 0']);
  const [{ question }] = broker.questions as [(typeof broker.questions)[number]];
  assert.deepEqual(question.items, [{ topic: 'a', partition: 0, directory: 0 }]);
});

test('nothing asked for is answered with nothing; a shard that died leaves its part unknown', async () => {
  const broker = new FakeBroker({ answer: () => undefined });
  broker.directories = [directory('/one')];
  assert.deepEqual(await alter(broker, []), []);
  assert.deepEqual(await alter(broker, [['/one', { a: [0] }]]), [`a-0 ${errorCode.REQUEST_TIMED_OUT}`]);
});
