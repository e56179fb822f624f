/** Apache Kafka's administration tools say the same of a node of ours as of a node of Apache's. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { tool } from '../support/apache-tools.ts';
import { type SideBySide, type Substitution, startSideBySide } from '../support/side-by-side.ts';
import type { Skippable } from '../support/skip.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const home = makeTempDir();

let started: Promise<SideBySide> | undefined;

/** The pair of nodes that the tests of this file share, or null where Apache Kafka cannot be run. */
async function pair(t: Skippable): Promise<SideBySide | null> {
  if (!requireApacheKafka(t)) return null;
  started ??= startSideBySide();
  return started;
}

after(async () => (await started)?.close());

test('TopicCommand creates topics, and is refused what it should be', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const create = (...args: string[]) => nodes.same(tool.topics, ['--create', ...args]);
  assert.match(await create('--topic', 'x', '--partitions', '3', '--config', 'retention.ms=100000'), /Created topic x/);
  assert.match(await create('--topic', 'x', '--partitions', '3', '--if-not-exists'), /^0\n/);
  assert.match(await create('--topic', 'x'), /^1\n.*already exists/s);
  assert.match(await create('--topic', 'one', '--config', 'cleanup.policy=compact'), /^0\n/);
  assert.match(await create('--topic', 'placed', '--replica-assignment', '1,1'), /^0\n/);
  assert.match(await create('--topic', 'dotted.name'), /WARNING.*Created topic/s);
  const refused = [
    ['--topic', 'y', '--partitions', '3', '--replication-factor', '2'],
    ['--topic', 'y', '--replication-factor', '0'],
    ['--topic', 'y', '--partitions', '0'],
    ['--topic', 'y', '--config', 'retention.ms=abc'],
    ['--topic', 'y', '--config', 'max.message.bytes=-1'],
    ['--topic', 'y', '--config', 'no.such=abc'],
    ['--topic', 'y', '--replica-assignment', '2'],
    ['--topic', 'dotted_name'],
    ['--topic', 'two words'],
    ['--topic', '..'],
    ['--topic', 'y'.repeat(250)],
  ];
  for (const args of refused) assert.match(await create(...args), /^1\n/);
});

test('TopicCommand lists, describes and adds partitions', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]) => nodes.same(tool.topics, args);
  assert.match(await run('--list'), /^0\ndotted\.name\none\nplaced\nx\n/);
  assert.match(await run('--describe', '--topic', 'x'), /Topic: x\t.*PartitionCount: 3\t.*retention\.ms=100000/);
  await run('--describe');
  await run('--describe', '--topics-with-overrides');
  await run('--describe', '--unavailable-partitions');
  await run('--describe', '--under-replicated-partitions');
  await run('--describe', '--under-min-isr-partitions');
  assert.match(await run('--describe', '--topic', 'absent'), /^1\n/);
  assert.match(await run('--alter', '--topic', 'x', '--partitions', '5'), /^0\n/);
  assert.match(await run('--alter', '--topic', 'x', '--partitions', '4'), /^1\n.*would not be an increase/s);
  assert.match(await run('--alter', '--topic', 'x', '--partitions', '5'), /^1\n/);
  assert.match(await run('--alter', '--topic', 'absent', '--partitions', '5'), /^1\n/);
  assert.match(await run('--describe', '--topic', 'x'), /PartitionCount: 5/);
});

test('ConsoleProducer and ConsoleConsumer move records with keys and headers', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const produce = (input: string, ...args: string[]) =>
    nodes.same(tool.consoleProducer, ['--topic', 'one', ...args], { input });
  const keyed = ['--reader-property', 'parse.key=true'];
  await produce('a\tb\nc\td\ne\tf\n', ...keyed);
  await produce('h:1,g:2\ta\tb\nh:3\tc\td\n', ...keyed, '--reader-property', 'parse.headers=true');
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    await produce(`k\t${codec}\n`, ...keyed, '--compression-codec', codec);
  }
  const consume = (...args: string[]) => {
    const partition = ['--topic', 'one', '--partition', '0', '--timeout-ms', '120000'];
    return nodes.same(tool.consoleConsumer, [...partition, '--command-property', 'enable.auto.commit=false', ...args]);
  };
  const printed = ['key', 'offset', 'headers'].flatMap((what) => ['--formatter-property', `print.${what}=true`]);
  const all = await consume('--offset', 'earliest', '--max-messages', '10', ...printed);
  assert.match(all, /Offset:0\tNO_HEADERS\ta\tb\n/);
  assert.match(all, /Offset:3\th:1,g:2\ta\tb\n/);
  assert.match(all, /Offset:9\tNO_HEADERS\tk\tzstd\n/);
  assert.match(all, /Processed a total of 10 messages/);
  assert.match(await consume('--offset', '2', '--max-messages', '2'), /^0\nf\nb\n/);
  // What a compacted topic refuses.
  await produce('no key\n');
});

test('GetOffsetShell looks up offsets by position and by time', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]) => nodes.same(tool.getOffsets, args);
  assert.match(await run(), /^0\n.*one:0:10\n.*x:4:0\n/s);
  for (const time of ['-1', '-2', '-3', '-4', '-5', '-6', 'latest', 'earliest', 'max-timestamp', '1000']) {
    await run('--time', time);
  }
  assert.match(await run('--topic', 'one', '--time', '1000'), /one:0:0\n/);
  assert.doesNotMatch(await run('--topic', 'one', '--time', '9999999999999'), /one:0:\d/);
  await run('--topic-partitions', 'x:0-2,one:0');
  assert.match(await run('--topic', 'absent'), /^1\n/);
});

test('ConfigCommand describes and alters topics', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]) => nodes.same(tool.configs, ['--entity-type', 'topics', ...args]);
  const x = ['--entity-name', 'x'];
  assert.match(await run('--describe', ...x), /retention\.ms=100000 .*DYNAMIC_TOPIC_CONFIG/);
  assert.ok((await run('--describe', ...x, '--all')).split('\n').length > 30);
  assert.match(await run('--alter', ...x, '--add-config', 'max.message.bytes=2000,segment.ms=5000'), /^0\n/);
  assert.match(await run('--alter', ...x, '--add-config', 'max.message.bytes=-2'), /^1\n/);
  assert.match(await run('--alter', ...x, '--add-config', 'no.such=2'), /^1\n/);
  await run('--alter', ...x, '--delete-config', 'no.such');
  assert.match(await run('--alter', '--entity-name', 'absent', '--add-config', 'segment.ms=5000'), /^1\n/);
  assert.match(await run('--alter', ...x, '--delete-config', 'retention.ms'), /^0\n/);
  assert.doesNotMatch(await run('--describe', ...x), /retention\.ms/);
  await run('--describe', '--entity-name', 'absent');
  await run('--describe');
});

test('ConfigCommand describes and alters brokers', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const run = (...args: string[]) => nodes.same(tool.configs, ['--entity-type', 'brokers', ...args]);
  const one = ['--entity-name', '1'];
  assert.match(await run('--alter', ...one, '--add-config', 'message.max.bytes=2000'), /^0\n/);
  assert.match(await run('--alter', '--entity-default', '--add-config', 'log.retention.ms=2000000'), /^0\n/);
  assert.match(await run('--describe', ...one), /message\.max\.bytes=2000 .*DYNAMIC_BROKER_CONFIG/);
  assert.match(
    await run('--describe', '--entity-default'),
    /log\.retention\.ms=2000000 .*DYNAMIC_DEFAULT_BROKER_CONFIG/,
  );
  assert.ok((await run('--describe', ...one, '--all')).split('\n').length > 250);
  await run('--describe');
  await run('--describe', '--entity-name', '7');
  const refused = [
    ['--entity-default', '--add-config', 'log.retention.ms=nope'],
    ['--entity-default', '--add-config', 'num.partitions=3'],
    ['--entity-name', '1', '--add-config', 'listeners=a'],
    ['--entity-name', '1', '--add-config', 'log.dirs=/a'],
  ];
  for (const args of refused) assert.match(await run('--alter', ...args), /^1\n/);
  assert.match(await run('--alter', ...one, '--delete-config', 'message.max.bytes'), /^0\n/);
  assert.match(await run('--alter', '--entity-default', '--delete-config', 'log.retention.ms'), /^0\n/);
  assert.doesNotMatch(await run('--describe', ...one), /message\.max\.bytes/);
});

test('DeleteRecordsCommand moves the start of a log', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  await nodes.same(tool.topics, ['--create', '--topic', 'cut']);
  await nodes.same(tool.consoleProducer, ['--topic', 'cut'], { input: 'a\nb\nc\nd\n' });
  const remove = (offset: number) => {
    const file = join(home, `${offset}.json`);
    const partitions = [{ topic: 'cut', partition: 0, offset }];
    writeFileSync(file, JSON.stringify({ partitions, version: 1 }));
    return nodes.same(tool.deleteRecords, ['--offset-json-file', file]);
  };
  assert.match(await remove(3), /partition: cut-0\s+low_watermark: 3/);
  assert.match(await nodes.same(tool.getOffsets, ['--topic', 'cut', '--time', 'earliest']), /cut:0:3\n/);
  await remove(9);
  assert.match(await remove(-1), /low_watermark: 4/);
});

test('LogDirsCommand tells sizes', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  assert.match(await nodes.same(tool.logDirs, ['--describe', '--topic-list', 'x']), /"partition":"x-4","size":0/);
  // How records fall into batches is a matter of time.
  const sizes: Substitution = [/"size":[1-9]\d*/g, '"size":SIZE'];
  assert.match(await nodes.same(tool.logDirs, ['--describe'], { also: [sizes] }), /"partition":"one-0","size":SIZE/);
});

test('TransactionsCommand describes producers', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const ids: Substitution = [/^\d+ +\t/gm, 'PRODUCER\t'];
  const args = ['describe-producers', '--topic', 'one', '--partition', '0'];
  assert.match(await nodes.same(tool.transactions, args, { also: [ids] }), /PRODUCER\t0 /);
});

test('ClusterTool tells the cluster and its nodes', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const tell = (command: string) =>
    Promise.all(
      [nodes.ours.bootstrap, nodes.theirs.bootstrap].map((bootstrap) =>
        nodes.tools.output(tool.cluster, [command, '--bootstrap-server', bootstrap]),
      ),
    );
  const [id] = await tell('cluster-id');
  assert.match(id, /^Cluster ID: [\w-]{22}\n$/);
  const [our, their] = (await tell('list-endpoints')).map((text) => text.replace(/ \d{4,5} /g, ' PORT '));
  assert.equal(our, their);
});

test('MetadataQuorumCommand describes the quorum', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const offsets: Substitution = [/^(HighWatermark: +|\d+ +\tUUID\t)\d+ */gm, '$1OFFSET'];
  const status = await nodes.same(tool.metadataQuorum, ['describe', '--status'], { also: [offsets] });
  assert.match(status, /LeaderId: +1\n/);
  const replication = await nodes.same(tool.metadataQuorum, ['describe', '--replication'], { also: [offsets] });
  assert.match(replication, /Leader\s*$/);
});

test('FeatureCommand describes and changes features', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const epochs: Substitution = [/Epoch: \d+/g, 'Epoch: OFFSET'];
  const run = (...args: string[]) => nodes.same(tool.features, args, { also: [epochs] });
  assert.match(await run('describe'), /kraft\.version .*FinalizedVersionLevel: 1/);
  await run('upgrade', '--release-version', '4.3', '--dry-run');
  assert.match(await run('upgrade', '--feature', 'group.version=9'), /^1\n/);
  assert.match(await run('downgrade', '--feature', 'streams.version=0'), /^0\n/);
  await run('upgrade', '--feature', 'streams.version=1');
  await run('disable', '--feature', 'eligible.leader.replicas.version');
  await run('describe');
});

test('TopicCommand deletes topics', async (t) => {
  const nodes = await pair(t);
  if (nodes === null) return;
  const remove = (...args: string[]) => nodes.same(tool.topics, ['--delete', '--topic', ...args]);
  assert.match(await remove('x'), /^0\n/);
  assert.match(await remove('x'), /^1\n.*does not exist/s);
  assert.match(await remove('x', '--if-exists'), /^0\n/);
  assert.doesNotMatch(await nodes.same(tool.topics, ['--list']), /^x$/m);
});
