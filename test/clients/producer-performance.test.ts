/** Apache Kafka's ProducerPerformance against a node of ours. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { startMillrace } from '../support/millrace.ts';
import { until } from '../support/until.ts';

const tools = new ApacheTools();
after(() => tools.close());

const recordCount = 20_000;

test('ProducerPerformance: acks 0, 1 and all, idempotent, each compression; nothing is lost', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({ properties: { 'num.partitions': '6' } }, t);
  const runs: Readonly<Record<string, readonly string[]>> = {
    'acks-0': ['acks=0', 'enable.idempotence=false'],
    'acks-1': ['acks=1', 'enable.idempotence=false'],
    'acks-all': ['acks=all', 'enable.idempotence=false'],
    idempotent: ['enable.idempotence=true'],
    ...Object.fromEntries(['gzip', 'snappy', 'lz4', 'zstd'].map((codec) => [codec, [`compression.type=${codec}`]])),
  };
  for (const [topic, properties] of Object.entries(runs)) {
    const said = await tools.output(tool.producerPerformance, [
      ...['--topic', topic, '--num-records', String(recordCount), '--record-size', '100', '--throughput', '-1'],
      ...['--bootstrap-server', node.bootstrap],
      ...['--command-property', ...properties, 'batch.size=65536', 'linger.ms=5'],
    ]);
    assert.match(said, new RegExp(`${recordCount} records sent`), topic);
    // With acks=0 the tool ends before all that it sent has come.
    await until(async () => {
      const offsets = await tools.output(tool.getOffsets, ['--bootstrap-server', node.bootstrap, '--topic', topic]);
      const ends = [...offsets.matchAll(/:(\d+)$/gm)].map(([, end]) => Number(end));
      assert.equal(ends.length, 6);
      const sum = ends.reduce((all, end) => all + end, 0);
      assert.ok(topic === 'acks-0' ? sum <= recordCount : sum === recordCount, `${topic}: ${sum}`);
      return sum === recordCount;
    }, `all records of ${topic}`);
  }
  await node.stop();
});
