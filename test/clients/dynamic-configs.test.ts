/** What ConfigCommand changes takes effect at once, without a restart. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { RawKafka } from '../support/raw-kafka.ts';
import { readPartition } from '../support/read-partition.ts';
import { WireClient } from '../support/wire-client.ts';

const tools = new ApacheTools();
after(() => tools.close());

const messageTooLarge = 10;

function alter(node: Millrace, type: string, name: string, change: string, value: string): Promise<string> {
  const entity = name === '' ? ['--entity-default'] : ['--entity-name', name];
  return tools.output(tool.configs, [
    ...['--bootstrap-server', node.bootstrap, '--alter', '--entity-type', type, ...entity, change, value],
  ]);
}

async function connect(t: TestContext, node: Millrace): Promise<RawKafka> {
  const client = await RawKafka.connect(node.port);
  t.after(() => client.close());
  return client;
}

function batch(valueBytes: number, timestampMs = Date.now()): Uint8Array {
  return new BatchBuilder().append(timestampMs, null, new Uint8Array(valueBytes)).build(checksum);
}

test('message.max.bytes of a broker, of the cluster and of a topic', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({}, t);
  const client = await connect(t, node);
  await client.createTopics({ a: {}, b: {} });
  const produced = async (topic: string): Promise<number> => (await client.produce(topic, batch(3000))).errorCode;
  assert.equal(await produced('a'), 0);
  await alter(node, 'brokers', '', '--add-config', 'message.max.bytes=2000');
  assert.equal(await produced('a'), messageTooLarge);
  await alter(node, 'brokers', '1', '--add-config', 'message.max.bytes=4000');
  assert.equal(await produced('a'), 0, 'the broker before the cluster');
  await alter(node, 'topics', 'a', '--add-config', 'max.message.bytes=1000');
  assert.deepEqual([await produced('a'), await produced('b')], [messageTooLarge, 0], 'the topic before the broker');
  await alter(node, 'topics', 'a', '--delete-config', 'max.message.bytes');
  assert.equal(await produced('a'), 0);
  await alter(node, 'brokers', '1', '--delete-config', 'message.max.bytes');
  assert.equal(await produced('b'), messageTooLarge);
  // Kept over a restart.
  await node.stop();
  await node.restart();
  const again = await connect(t, node);
  assert.equal((await again.produce('b', batch(3000))).errorCode, messageTooLarge);
  await alter(node, 'brokers', '', '--delete-config', 'message.max.bytes');
  assert.equal((await again.produce('b', batch(3000))).errorCode, 0);
  await node.stop();
});

test('log.retention.ms of the cluster removes old segments', async (t) => {
  if (!requireApacheKafka(t)) return;
  const properties = { 'log.retention.check.interval.ms': '200', 'log.segment.bytes': '1048576' };
  const node = await startMillrace({ properties }, t);
  const client = await connect(t, node);
  await client.createTopics({ old: { 'message.timestamp.before.max.ms': '9223372036854775807' } });
  const hourAgo = Date.now() - 3_600_000;
  for (let n = 0; n < 4; n++) assert.equal((await client.produce('old', batch(700_000, hourAgo))).errorCode, 0);
  const segments = () => readdirSync(join(node.directory, 'old-0')).filter((name) => name.endsWith('.log'));
  assert.equal(segments().length, 4);
  await alter(node, 'brokers', '', '--add-config', 'log.retention.ms=60000');
  const reader = await WireClient.connect(node.port);
  t.after(() => reader.close());
  // Even the last one goes, and a new, empty one begins where it ended.
  const giveUpAtMs = Date.now() + 20_000;
  while (segments().join() !== '00000000000000000004.log') {
    assert.ok(segments().length > 0, 'there is a segment at all times');
    assert.ok(Date.now() < giveUpAtMs, `still there: ${segments()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await readPartition(reader, 'old', 0, 4), []);
  await node.kill();
  await node.restart();
  const { baseOffset, errorCode } = await (await connect(t, node)).produce('old', batch(10));
  assert.deepEqual([errorCode, baseOffset], [0, 4]);
  await node.stop();
});

test('segment.bytes and compression.type of a topic', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({}, t);
  const client = await connect(t, node);
  await client.createTopics({ x: {} });
  for (let n = 0; n < 2; n++) await client.produce('x', batch(700_000));
  const logs = () => readdirSync(join(node.directory, 'x-0')).filter((name) => name.endsWith('.log'));
  assert.equal(logs().length, 1);
  await alter(node, 'topics', 'x', '--add-config', 'segment.bytes=1048576,compression.type=zstd');
  for (let n = 0; n < 2; n++) assert.equal((await client.produce('x', batch(700_000))).errorCode, 0);
  assert.ok(logs().length > 1);
  await node.stop();
  const file = join(node.directory, 'x-0', logs().sort().at(-1)!);
  const dumped = await tools.output(tool.dumpLogSegments, ['--files', file]);
  assert.match(dumped, /compresscodec: zstd/);
});
