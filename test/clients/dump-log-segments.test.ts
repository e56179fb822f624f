/** Apache Kafka's DumpLogSegments on the files of a node that real producers wrote to. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';

const tools = new ApacheTools();
after(() => tools.close());

async function dump(node: Millrace, log: string, suffix: string, ...flags: string[]): Promise<string> {
  const directory = join(node.directory, log);
  const files = readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .sort();
  assert.ok(files.length > 0, `${log} holds no ${suffix}`);
  const list = files.map((name) => join(directory, name)).join(',');
  const { code, stdout, stderr } = await tools.run(tool.dumpLogSegments, [...flags, '--files', list]);
  assert.equal(code, 0, stdout + stderr);
  // Indexes are preallocated by Apache Kafka and cut at a close; of what is there nothing may be wrong.
  assert.doesNotMatch(stdout + stderr, /mismatch|corrupt|could not be read|exception|not sane|isvalid: false/i);
  return stdout;
}

async function produce(node: Millrace, topic: string, count: number, ...properties: string[]): Promise<void> {
  const command = properties.length === 0 ? [] : ['--command-property', ...properties];
  await tools.output(tool.producerPerformance, [
    ...['--bootstrap-server', node.bootstrap, '--topic', topic, '--num-records', String(count)],
    ...['--record-size', '200', '--throughput', '-1', ...command],
  ]);
}

test('DumpLogSegments reads segments, indexes and producer snapshots', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({ properties: { 'log.segment.bytes': '1048576' } }, t);
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    await produce(node, 'mixed', 3000, `compression.type=${codec}`, 'batch.size=8192');
  }
  await produce(node, 'mixed', 3000, 'enable.idempotence=false', 'acks=1');
  // While the node is running, and after it has closed its files.
  const check = async (): Promise<number> => {
    const batches = await dump(node, 'mixed-0', '.log', '--deep-iteration');
    const offsets = [...batches.matchAll(/^\| offset: (\d+) /gm)].map(([, offset]) => Number(offset));
    assert.deepEqual(
      offsets,
      Array.from({ length: 18_000 }, (_, offset) => offset),
    );
    for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd'])
      assert.ok(batches.includes(`compresscodec: ${codec} `));
    return [...batches.matchAll(/^Dumping /gm)].length;
  };
  assert.ok((await check()) > 1, 'several segments');
  await node.stop();
  await check();
  const index = await dump(node, 'mixed-0', '.index', '--verify-index-only');
  assert.ok((await dump(node, 'mixed-0', '.index', '--index-sanity-check')).length > 0 && index.length > 0);
  assert.match(await dump(node, 'mixed-0', '.index'), /^offset: \d+ position: \d+$/m);
  assert.match(await dump(node, 'mixed-0', '.timeindex'), /^timestamp: \d{13} offset: \d+$/m);
  const snapshot = await dump(node, 'mixed-0', '.snapshot');
  assert.match(snapshot, /producerId: \d+ producerEpoch: 0 coordinatorEpoch: -1 .*lastSequence: 2999/);
  await node.restart();
  await produce(node, 'mixed', 10);
  await node.stop();
});

test('DumpLogSegments decodes the metadata log and its snapshots', async (t) => {
  if (!requireApacheKafka(t)) return;
  const node = await startMillrace({}, t);
  const at = ['--bootstrap-server', node.bootstrap];
  await tools.output(tool.topics, [
    ...at,
    '--create',
    '--topic',
    'x',
    '--partitions',
    '2',
    '--config',
    'segment.ms=7000',
  ]);
  await tools.output(tool.topics, [...at, '--create', '--topic', 'gone']);
  const alter = ['--alter', '--entity-type', 'brokers', '--entity-default', '--add-config', 'log.retention.ms=60000'];
  await tools.output(tool.configs, [...at, ...alter]);
  await produce(node, 'x', 10);
  await tools.output(tool.topics, [...at, '--delete', '--topic', 'gone']);
  await node.stop();
  const log = '__cluster_metadata-0';
  const said = await dump(node, log, '.log', '--cluster-metadata-decoder');
  const types = new Set([...said.matchAll(/"type":"([A-Z_]+)"/g)].map(([, type]) => type));
  const expected = [
    'FEATURE_LEVEL_RECORD',
    'REGISTER_BROKER_RECORD',
    'REGISTER_CONTROLLER_RECORD',
    'BROKER_REGISTRATION_CHANGE_RECORD',
    'TOPIC_RECORD',
    'PARTITION_RECORD',
    'CONFIG_RECORD',
    'PRODUCER_IDS_RECORD',
    'REMOVE_TOPIC_RECORD',
  ];
  for (const type of expected) assert.ok(types.has(type), `${type} is not among ${[...types].join(' ')}`);
  assert.match(said, /LeaderChange: \{.*"leaderId":1/);
  assert.match(said, /"name":"segment.ms","value":"7000"/);
  await dump(node, log, '.checkpoint', '--cluster-metadata-decoder');
  assert.match(await dump(node, log, '.timeindex'), /^timestamp: /m);
});
