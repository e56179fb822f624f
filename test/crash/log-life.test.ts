/** Retention, deletion of records and of topics, and configurations that change, in a running node. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpointFileNames, parseOffsetCheckpoint } from '../../engine/log/checkpoints.ts';
import { errorCode } from '../../engine/protocol/errors.ts';
import { testBatch } from '../support/log-fixture.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';

const large = { count: 1, valueBytes: 400_000 };

/** Of partition 0, as the checkpoint file has it. */
function startOffset(node: Millrace, topic: string): number {
  let found = -1;
  const bytes = readFileSync(join(node.directory, checkpointFileNames.logStartOffset));
  parseOffsetCheckpoint(bytes, (name, partition, offset) => {
    if (name === topic && partition === 0) found = offset;
  });
  return found;
}

function names(node: Millrace, log = ''): string[] {
  return readdirSync(join(node.directory, log));
}

test('retention by size and by time acts when it is set, and after a restart', async (t) => {
  const properties = { 'log.retention.check.interval.ms': '200' };
  const node = await startMillrace({ properties }, t);
  const client = await StorageClient.connect(node.port, t);
  const configs = { 'segment.bytes': '1048576', 'file.delete.delay.ms': '0' };
  for (const topic of ['size', 'time', 'asleep']) assert.equal(await client.createTopic(topic, 1, configs), 0);
  for (const topic of ['size', 'time', 'asleep']) {
    for (let n = 0; n < 8; n++) assert.equal((await client.produce(topic, 0, large)).errorCode, 0);
    assert.equal(await client.offset(topic, 0, -2), 0);
  }
  assert.equal(await client.configure('size', { 'retention.bytes': '1500000' }), 0);
  await eventually(async () => (await client.offset('size', 0, -2)) >= 4, 'segments over the size are gone');
  assert.equal(await client.offset('size', 0, -1), 8);
  assert.equal(await client.configure('time', { 'retention.ms': '1' }), 0);
  await eventually(async () => (await client.offset('time', 0, -2)) === 8, 'segments over the age are gone');
  await eventually(() => names(node, 'time-0').filter((name) => name.endsWith('.log')).length === 1, 'and their files');
  assert.equal((await client.produce('time', 0)).baseOffset, 8n);
  // A log that nobody asks for is looked at as well.
  assert.equal(await client.configure('asleep', { 'retention.ms': '1' }), 0);
  await node.stop();
  await node.restart();
  await eventually(() => names(node, 'asleep-0').filter((name) => name.endsWith('.log')).length === 1, 'asleep or not');
});

test('a segment is rolled when segment.ms is over', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('rolling', 1, { 'segment.ms': '1' }), 0);
  for (let n = 0; n < 3; n++) {
    const timestampMs = Date.now() + n * 1000;
    assert.equal((await client.produce('rolling', 0, testBatch({ timestampMs }))).errorCode, 0);
  }
  assert.equal(names(node, 'rolling-0').filter((name) => name.endsWith('.log')).length, 3);
});

test('DeleteRecords moves the start, over a restart and over a kill once it is in its file', async (t) => {
  const properties = { 'log.flush.start.offset.checkpoint.interval.ms': '100' };
  const node = await startMillrace({ properties }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('cut'), 0);
  for (let n = 0; n < 5; n++) await client.produce('cut', 0, { count: 10 });
  assert.deepEqual(await client.deleteRecords('cut', 0, 23), { code: 0, low: 23 });
  assert.equal(await client.fetchError('cut', 0, 22), errorCode.OFFSET_OUT_OF_RANGE);
  assert.equal((await client.deleteRecords('cut', 0, 51)).code, errorCode.OFFSET_OUT_OF_RANGE);
  await node.stop();
  await node.restart();
  const second = await StorageClient.connect(node.port, t);
  assert.equal(await second.offset('cut', 0, -2), 23);
  assert.deepEqual(await second.deleteRecords('cut', 0, -1), { code: 0, low: 50 });
  await eventually(() => startOffset(node, 'cut') === 50, 'it is in its file');
  await node.kill();
  await node.restart();
  const third = await StorageClient.connect(node.port, t);
  assert.equal(await third.offset('cut', 0, -2), 50);
  assert.equal((await third.produce('cut', 0)).baseOffset, 50n);
});

test('a topic is deleted and made again at once, many times, and its files go later', async (t) => {
  const properties = { 'log.segment.delete.delay.ms': '2000', 'num.partitions': '2' };
  const node = await startMillrace({ properties }, t);
  const client = await StorageClient.connect(node.port, t);
  for (let round = 0; round < 10; round++) {
    assert.equal(await client.createTopic('phoenix', 2), 0);
    for (const partition of [0, 1]) {
      const answer = await client.produce('phoenix', partition, { count: round + 1 });
      assert.deepEqual([answer.errorCode, answer.baseOffset], [0, 0n]);
    }
    if (round < 9) assert.deepEqual(await client.deleteTopics(['phoenix']), [0]);
  }
  assert.equal((await client.read('phoenix', 1)).length, 10);
  await eventually(() => !names(node).some((name) => name.endsWith('-delete')), 'renamed directories are removed');
  assert.deepEqual(await client.deleteTopics(['phoenix']), [0]);
  await eventually(() => !names(node).some((name) => /^phoenix-\d+$/.test(name)), 'both are renamed');
  await node.kill();
  await node.restart();
  await eventually(() => !names(node).some((name) => name.includes('phoenix')), 'and removed by the next process');
});

test('a kill between deletion and renaming does not hand the old records to the new topic', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('name'), 0);
  await client.produce('name', 0, { count: 7 });
  await node.stop();
  // What a crash would leave: the directory of the old topic under the name of the new one.
  const { cpSync, rmSync } = await import('node:fs');
  cpSync(join(node.directory, 'name-0'), join(node.directory, 'aside'), { recursive: true });
  await node.restart();
  const second = await StorageClient.connect(node.port, t);
  assert.deepEqual(await second.deleteTopics(['name']), [0]);
  assert.equal(await second.createTopic('name'), 0);
  await node.kill();
  rmSync(join(node.directory, 'name-0'), { recursive: true, force: true });
  cpSync(join(node.directory, 'aside'), join(node.directory, 'name-0'), { recursive: true });
  mkdirSync(join(node.directory, 'unknown-3'));
  await node.restart();
  const third = await StorageClient.connect(node.port, t);
  assert.equal((await third.produce('name', 0)).baseOffset, 0n);
  assert.equal((await third.read('name')).length, 1);
  const stray = names(node).filter((name) => name.endsWith('-stray'));
  assert.deepEqual(stray.map((name) => name.split('.')[0]).sort(), ['name-0', 'unknown-3']);
  assert.equal(existsSync(join(node.directory, stray[0]!)), true);
});

test('configurations of a topic act without a restart', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('tuned'), 0);
  const thousand = { count: 1, valueBytes: 1000 };
  assert.equal((await client.produce('tuned', 0, thousand)).errorCode, 0);
  assert.equal(await client.configure('tuned', { 'max.message.bytes': '500' }), 0);
  assert.equal((await client.produce('tuned', 0, thousand)).errorCode, errorCode.MESSAGE_TOO_LARGE);
  assert.equal(await client.configure('tuned', { 'max.message.bytes': '5000' }), 0);
  assert.equal((await client.produce('tuned', 0, thousand)).errorCode, 0);
  assert.equal(await client.configure('tuned', { 'min.insync.replicas': '2' }), 0);
  // One replica can't be asked for two in sync.
  assert.equal((await client.produce('tuned', 0, thousand)).errorCode, 0);
  assert.equal((await client.produce('tuned', 0, thousand, 1)).errorCode, 0);
  assert.equal(await client.configure('tuned', { 'min.insync.replicas': '1' }), 0);
  assert.equal((await client.produce('tuned', 0, testBatch({ timestampMs: 1 }))).logAppendTimeMs, -1n);
  assert.equal(await client.configure('tuned', { 'message.timestamp.type': 'LogAppendTime' }), 0);
  const before = BigInt(Date.now());
  const { errorCode: code, logAppendTimeMs } = await client.produce('tuned', 0, testBatch({ timestampMs: 1 }));
  assert.equal(code, 0);
  assert.ok(logAppendTimeMs >= before);
});

test('a topic that is made again does not begin where the deleted one of its name had begun', async (t) => {
  const node = await startMillrace({}, t);
  const before = await StorageClient.connect(node.port, t);
  assert.equal(await before.createTopic('t'), 0);
  assert.equal((await before.produce('t', 0, { count: 10 })).errorCode, 0);
  assert.deepEqual(await before.deleteRecords('t', 0, 8), { code: 0, low: 8 });
  // Now the checkpoint files say so.
  await node.stop();
  await node.restart();
  const client = await StorageClient.connect(node.port, t);
  assert.deepEqual(await client.deleteTopics(['t']), [0]);
  assert.equal(
    await eventually(async () => (await client.createTopic('t')) === 0 && 'made', 'it is made again'),
    'made',
  );
  for (let n = 0; n < 3; n++) assert.equal((await client.produce('t', 0)).errorCode, 0);
  await node.kill();
  await node.restart();
  const after = await StorageClient.connect(node.port, t);
  assert.equal(await after.offset('t', 0, -2), 0);
  assert.deepEqual(
    (await after.read('t', 0)).map(({ offset }) => offset),
    [0, 1, 2],
  );
});
