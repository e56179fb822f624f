/** What a node that was killed does with the logs that it left. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorCode } from '../../engine/protocol/errors.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';

const often = {
  'log.flush.offset.checkpoint.interval.ms': '100',
  'log.flush.start.offset.checkpoint.interval.ms': '100',
  'replica.high.watermark.checkpoint.interval.ms': '100',
};
const large = { count: 1, valueBytes: 300_000 };

function checkpoint(node: Millrace, file: string, log: string): number | undefined {
  const path = join(node.directory, file);
  if (!existsSync(path)) return undefined;
  const [topic, partition] = [log.slice(0, log.lastIndexOf('-')), log.slice(log.lastIndexOf('-') + 1)];
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${topic} ${partition} `));
  return line === undefined ? undefined : Number(line.split(' ')[2]);
}

function segments(node: Millrace, log: string): string[] {
  const names = readdirSync(join(node.directory, log)).filter((name) => name.endsWith('.log'));
  return names.sort().map((name) => join(node.directory, log, name));
}

function recoveredLogs(node: Millrace): number {
  let logs = 0;
  for (const line of node.lines) {
    if (line.includes('"logs recovered"')) logs += (JSON.parse(line) as { logs: number }).logs;
  }
  return logs;
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 0xff;
  writeFileSync(path, bytes);
}

test('flush.messages moves the recovery point, and only what lies beyond it is verified after a kill', async (t) => {
  const node = await startMillrace({ properties: often }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('flushed', 1, { 'flush.messages': '1', 'segment.bytes': '1048576' }), 0);
  assert.equal(await client.createTopic('lazy', 1, { 'segment.bytes': '10485760' }), 0);
  for (let n = 0; n < 8; n++) {
    assert.equal((await client.produce('flushed', 0, large)).errorCode, 0);
    assert.equal((await client.produce('lazy', 0, large)).errorCode, 0);
  }
  const point = 'recovery-point-offset-checkpoint';
  await eventually(() => (checkpoint(node, point, 'flushed-0') ?? 0) >= 7, 'the recovery point is in its file');
  await eventually(() => checkpoint(node, 'replication-offset-checkpoint', 'flushed-0') === 8, 'and the watermark');
  assert.equal(checkpoint(node, point, 'lazy-0'), 0);
  await node.kill();
  // Bytes below the recovery point are not looked at, others are; a torn tail goes.
  flipByte(segments(node, 'flushed-0')[0]!, 100_000);
  appendFileSync(segments(node, 'flushed-0').at(-1)!, Buffer.alloc(1000, 1));
  const [lazySegment] = segments(node, 'lazy-0');
  flipByte(lazySegment!, 5 * 300_100 + 1000);
  const tail = statSync(segments(node, 'flushed-0').at(-1)!).size;
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  assert.equal(await again.offset('flushed', 0, -1), 8);
  assert.equal(statSync(segments(node, 'flushed-0').at(-1)!).size, tail - 1000);
  const lazyEnd = await again.offset('lazy', 0, -1);
  assert.ok(lazyEnd >= 4 && lazyEnd < 8, `a log with a broken batch ends before it, not at ${lazyEnd}`);
  assert.equal((await again.produce('lazy', 0, large)).baseOffset, BigInt(lazyEnd));
});

test('flush.ms makes records durable without being asked', async (t) => {
  const node = await startMillrace({ properties: often }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('timed', 1, { 'flush.ms': '100' }), 0);
  assert.equal((await client.produce('timed', 0)).errorCode, 0);
  assert.equal((await client.produce('timed', 0)).errorCode, 0);
  const point = 'recovery-point-offset-checkpoint';
  await eventually(() => (checkpoint(node, point, 'timed-0') ?? 0) >= 1, 'the recovery point moves by time');
});

test('after a kill all logs are recovered in the background, and a broken one takes only its partition', async (t) => {
  const partitions = 40;
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('many', partitions), 0);
  for (let partition = 0; partition < partitions; partition++) {
    assert.equal((await client.produce('many', partition, { count: 3 })).errorCode, 0);
  }
  await node.kill();
  for (let partition = 0; partition < partitions; partition++) {
    appendFileSync(segments(node, `many-${partition}`)[0]!, 'torn');
  }
  const whole = statSync(segments(node, 'many-1')[0]!).size - 4;
  writeFileSync(join(node.directory, 'many-0/partition.metadata'), 'nonsense');
  await node.restart();
  await eventually(() => recoveredLogs(node) === partitions - 1, `${partitions - 1} logs are recovered unasked`);
  for (let partition = 1; partition < partitions; partition++) {
    assert.equal(statSync(segments(node, `many-${partition}`)[0]!).size, whole);
  }
  const again = await StorageClient.connect(node.port, t);
  assert.equal((await again.produce('many', 0)).errorCode, errorCode.KAFKA_STORAGE_ERROR);
  assert.equal(await again.fetchError('many', 0), errorCode.KAFKA_STORAGE_ERROR);
  for (let partition = 1; partition < partitions; partition++) {
    assert.equal((await again.read('many', partition)).length, 3);
  }
  assert.equal((await again.produce('many', 1)).baseOffset, 3n);
});

test('a clean shutdown leaves the marker with the broker epoch, and the next start recovers nothing', async (t) => {
  const node = await startMillrace({}, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('kept', 3), 0);
  for (let partition = 0; partition < 3; partition++) await client.produce('kept', partition);
  const marker = join(node.directory, '.kafka_cleanshutdown');
  assert.equal(existsSync(marker), false);
  await node.stop();
  const first = JSON.parse(readFileSync(marker, 'utf8')) as { version: number; brokerEpoch: number };
  assert.equal(first.version, 0);
  assert.ok(first.brokerEpoch > 0);
  await node.restart();
  assert.equal(existsSync(marker), false);
  const again = await StorageClient.connect(node.port, t);
  for (let partition = 0; partition < 3; partition++) assert.equal((await again.read('kept', partition)).length, 1);
  assert.equal(recoveredLogs(node), 0);
  await node.stop();
  const second = JSON.parse(readFileSync(marker, 'utf8')) as { brokerEpoch: number };
  assert.ok(second.brokerEpoch > first.brokerEpoch);
});
