import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeLogDirsResponse } from '#engine/protocol/generated/describe-log-dirs-response.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

async function describe(broker: FakeBroker, version: number, topics: { topic: string; partitions: number[] }[] | null) {
  const answer = (await broker.call(apiKey.DescribeLogDirs, version, { topics })) as DescribeLogDirsResponse;
  assert.equal(answer.errorCode, 0);
  return answer.results.map((one) => ({
    ...one,
    contents: one.topics
      .flatMap(({ name, partitions }) => partitions.map((p) => `${name}-${p.partitionIndex}:${p.partitionSize}`))
      .sort(),
  }));
}

/** Gives a partition a log in the directory, of some bytes. */
function place(broker: FakeBroker, topic: string, partition: number, directory: number, sizeBytes: number): void {
  const log = { logStartOffset: 0, logEndOffset: 1, highWatermark: 1, recoveryPoint: 0, sizeBytes };
  broker.metadata.runtime.open(broker.rowOf(topic, partition), { ...log, logDirectory: directory });
}

const directory = (path: string, isOnline = true) => ({ path, isOnline, totalBytes: 1000, usableBytes: 400 });

test('every version lists what lies where; space of the volume from version 4', async () => {
  const broker = new FakeBroker();
  broker.directories = [directory('/one'), directory('/two')];
  broker.addTopic('a', { partitions: 3 });
  place(broker, 'a', 0, 0, 77);
  place(broker, 'a', 1, 1, 5_000_000_000);
  for (let version = 1; version <= 5; version++) {
    const [one, two] = await describe(broker, version, null);
    assert.deepEqual(one!.contents, ['a-0:77']);
    assert.deepEqual(two!.contents, ['a-1:5000000000']);
    assert.equal(one!.totalBytes, version >= 4 ? 1000n : -1n);
    assert.equal(one!.usableBytes, version >= 4 ? 400n : -1n);
    assert.equal(one!.isCordoned, false);
  }
});

test('with one directory, partitions without files are listed in it, empty', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 2 });
  broker.addTopic('elsewhere', { state: { leader: 2, replicas: [2], isr: [2] } });
  place(broker, 'a', 1, 0, 9);
  const [only] = await describe(broker, 5, null);
  assert.deepEqual(only!.contents, ['a-0:0', 'a-1:9']);
});

test('the topics that were asked for, each partition once; none for an empty list', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { partitions: 3 });
  broker.addTopic('b');
  const asked = [
    { topic: 'a', partitions: [0, 0, 9] },
    { topic: 'nope', partitions: [0] },
    { topic: 'a', partitions: [2, 0] },
    { topic: 'b', partitions: [] },
  ];
  const [found] = await describe(broker, 5, asked);
  assert.deepEqual(found!.contents, ['a-0:0', 'a-2:0']);
  const [none] = await describe(broker, 5, []);
  assert.deepEqual(none!.contents, []);
  assert.equal(none!.errorCode, 0);
});

test('a directory that is offline names nothing, one without an answer has no sizes', async () => {
  const broker = new FakeBroker();
  broker.directories = [directory('/gone', false), { path: '/odd', isOnline: true, totalBytes: -1, usableBytes: -1 }];
  broker.addTopic('a', { partitions: 2 });
  place(broker, 'a', 0, 0, 1);
  place(broker, 'a', 1, 1, 1);
  const [gone, odd] = await describe(broker, 5, null);
  assert.equal(gone!.errorCode, errorCode.KAFKA_STORAGE_ERROR);
  assert.deepEqual([gone!.contents, gone!.totalBytes], [[], -1n]);
  assert.deepEqual([odd!.contents, odd!.totalBytes], [['a-1:1'], -1n]);
});

test('directories that get no new partitions are marked', async () => {
  const broker = new FakeBroker({ properties: { 'log.dirs': '/one,/two', 'cordoned.log.dirs': '/two' } });
  broker.directories = [directory('/one'), directory('/two')];
  const found = await describe(broker, 5, null);
  assert.deepEqual(
    found.map(({ isCordoned }) => isCordoned),
    [false, true],
  );
});

test('a log that is being moved is listed where it is and where it goes to, with what it lacks there', async () => {
  const broker = new FakeBroker();
  broker.directories = [directory('/one'), directory('/two')];
  broker.addTopic('a', { partitions: 2 });
  place(broker, 'a', 0, 0, 77);
  const { runtime } = broker.metadata;
  const future = { directory: 1, isPromoting: false, endOffset: 0, sizeBytes: 50, recoveryPoint: 0 };
  runtime.setFuture(broker.rowOf('a', 0), future);
  const listed = async () =>
    (await describe(broker, 4, null)).map(({ topics }) =>
      topics.flatMap(({ partitions }) => partitions.map((p) => [p.partitionSize, p.offsetLag, p.isFutureKey])),
    );
  assert.deepEqual(await listed(), [[[77n, 0n, false]], [[50n, 1n, true]]]);
  // Where the log itself is not to be had, nobody knows.
  broker.directories = [directory('/one', false), directory('/two')];
  assert.deepEqual(await listed(), [[], [[50n, -1n, true]]]);
});
