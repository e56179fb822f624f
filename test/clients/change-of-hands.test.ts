/** A data directory goes from Apache Kafka to a node of ours and back, and each goes on where the other stopped. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { startMillrace } from '../support/millrace.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const tools = new ApacheTools();
after(() => tools.close());

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `${from + index}\n`).join('');

async function produce(bootstrap: string, from: number, to: number): Promise<void> {
  const args = ['--bootstrap-server', bootstrap, '--topic', 'kept', '--compression-codec', 'lz4'];
  await tools.output(tool.consoleProducer, args, { input: numbers(from, to) });
}

async function consume(bootstrap: string, count: number): Promise<string> {
  return tools.output(tool.consoleConsumer, [
    ...['--bootstrap-server', bootstrap, '--topic', 'kept', '--partition', '0', '--offset', 'earliest'],
    ...['--max-messages', String(count), '--timeout-ms', '120000', '--command-property', 'enable.auto.commit=false'],
  ]);
}

async function describe(bootstrap: string): Promise<string> {
  const at = ['--bootstrap-server', bootstrap];
  const topic = await tools.output(tool.topics, [...at, '--describe', '--topic', 'kept']);
  const brokers = ['--entity-type', 'brokers', '--entity-default'];
  return topic + (await tools.output(tool.configs, [...at, '--describe', ...brokers]));
}

test('a directory of Apache Kafka serves here, and ours there', async (t) => {
  if (!requireApacheKafka(t)) return;
  const logDirectory = join(tempDirFor(t), 'data');
  const apache = await startApacheKafka({ logDirectory });
  t.after(() => apache.kill());
  const create = ['--create', '--topic', 'kept', '--config', 'segment.bytes=1048576'];
  await tools.output(tool.topics, ['--bootstrap-server', apache.bootstrap, ...create]);
  const set = ['--alter', '--entity-type', 'brokers', '--entity-default', '--add-config', 'message.max.bytes=900000'];
  await tools.output(tool.configs, ['--bootstrap-server', apache.bootstrap, ...set]);
  await produce(apache.bootstrap, 0, 500);
  const described = await describe(apache.bootstrap);
  await apache.stop();

  const node = await startMillrace({ directory: logDirectory }, t);
  assert.ok(!node.output().includes('formatted '));
  assert.equal(await describe(node.bootstrap), described);
  assert.equal(await consume(node.bootstrap, 500), numbers(0, 500));
  await produce(node.bootstrap, 500, 1000);
  await tools.output(tool.topics, ['--bootstrap-server', node.bootstrap, '--create', '--topic', 'ours']);
  // Once more after an unclean end.
  await node.kill();
  await node.restart();
  assert.equal(await consume(node.bootstrap, 1000), numbers(0, 1000));
  await produce(node.bootstrap, 1000, 1100);
  await node.stop();

  const again = await startApacheKafka({ logDirectory, format: false });
  t.after(() => again.kill());
  assert.equal(await describe(again.bootstrap), described);
  assert.equal(await tools.output(tool.topics, ['--bootstrap-server', again.bootstrap, '--list']), 'kept\nours\n');
  await produce(again.bootstrap, 1100, 1200);
  assert.equal(await consume(again.bootstrap, 1200), numbers(0, 1200));
  await again.stop();
});
