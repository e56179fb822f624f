/** Compacted logs of ours under Apache Kafka, and its own under ours. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkpointFileNames, parseOffsetCheckpoint } from '../../engine/log/checkpoints.ts';
import { BatchBuilder } from '../../engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ApacheTools, tool } from '../support/apache-tools.ts';
import { cleanTestLog, jobsOver } from '../support/cleaning-jobs.ts';
import { batchesOf, CompactionModel, recordsIn } from '../support/compaction-model.ts';
import { finished, logFixture, openTestLog } from '../support/log-fixture.ts';
import { startMillrace } from '../support/millrace.ts';
import { type KeyedRecord, readKeyed } from '../support/read-partition.ts';
import { realDisk } from '../support/real-disk.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { WireClient } from '../support/wire-client.ts';

const tools = new ApacheTools();
after(() => tools.close());

async function dump(directory: string, suffix: string, ...flags: string[]): Promise<string> {
  const names = readdirSync(directory).filter((name) => name.endsWith(suffix));
  const files = names.sort().map((name) => join(directory, name));
  const { code, stdout, stderr } = await tools.run(tool.dumpLogSegments, [...flags, '--files', files.join(',')]);
  assert.equal(code, 0, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, /mismatch|corrupt|could not be read|exception|not sane|isvalid: false/i);
  return stdout;
}

test('DumpLogSegments reads cleaned segments: every codec, transactions, tombstones, batches without records', async (t) => {
  if (!requireApacheKafka(t)) return;
  const root = tempDirFor(t);
  const disk = realDisk(root);
  const fixture = logFixture(compression);
  fixture.clock.nowMs = Date.now();
  const config = { cleanupCompact: true, cleanupDelete: false, segmentBytes: 4000, indexIntervalBytes: 500 };
  const log = await openTestLog(disk, fixture, { config });
  const model = new CompactionModel(new SeededRandom(5), 40);
  for (let round = 0; round < 3; round++) {
    for (let batches = 0; batches < 150; batches++) {
      fixture.clock.advance(5);
      await model.append(log, fixture.clock.nowMs);
    }
    await model.endTransactions(log);
    const report = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
    assert.equal(report.status, 'cleaned', report.detail);
  }
  const batches = await batchesOf(log);
  await finished((done) => log.close(done));
  const directory = join(root, 'topic-0');
  const said = await dump(directory, '.log', '--deep-iteration', '--print-data-log');
  const offsets = [...said.matchAll(/^\| offset: (\d+) .*keySize/gm)].map(([, offset]) => Number(offset));
  const expected = recordsIn(batches).map(({ offset }) => offset);
  const control = new Set([...said.matchAll(/^\| offset: (\d+) .*endTxnMarker/gm)].map(([, offset]) => Number(offset)));
  assert.deepEqual(
    offsets.filter((offset) => !control.has(offset)),
    expected,
  );
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd'])
    assert.ok(said.includes(`compresscodec: ${codec} `), codec);
  assert.match(said, /^baseOffset: .* count: 0 /m);
  assert.match(said, /deleteHorizonMs: OptionalLong\[\d+\]/);
  assert.ok(control.size > 0, 'markers are left');
  await dump(directory, '.index', '--index-sanity-check');
  await dump(directory, '.index', '--verify-index-only');
  // Its verification counts the times of records, and not those that batches without records keep.
  await dump(directory, '.timeindex', '--index-sanity-check');
});

const cleaner = { 'log.cleaner.backoff.ms': '200', 'log.cleaner.dedupe.buffer.size': '2097152' };
const compacted = {
  'cleanup.policy': 'compact',
  'internal.segment.bytes': '20000',
  'min.cleanable.dirty.ratio': '0.01',
  'file.delete.delay.ms': '100',
};

/** The newest value of each key that was produced. */
const newest = new Map<string, string>();
let produced = 0;

async function produce(port: number, codecs: readonly (0 | 1 | 2 | 3 | 4)[]): Promise<void> {
  const wire = await WireClient.connect(port);
  try {
    await produceWith(wire, codecs);
  } finally {
    wire.close();
  }
}

async function produceWith(wire: WireClient, codecs: readonly (0 | 1 | 2 | 3 | 4)[]): Promise<void> {
  const client = StorageClient.over(wire);
  for (let batch = 0; batch < 60; batch++) {
    const builder = new BatchBuilder({});
    for (let record = 0; record < 20; record++) {
      const number = produced++;
      const key = `key-${(number * 7) % 90}`;
      const value = `${number}-${'v'.repeat(100)}`;
      builder.append(Date.now(), Buffer.from(key), Buffer.from(value));
      newest.set(key, value);
    }
    const bytes = await builder.buildCompressed(checksum, compression, codecs[batch % codecs.length]!);
    assert.equal((await client.produce('compacted', 0, bytes)).errorCode, 0);
  }
}

async function readAll(port: number): Promise<KeyedRecord[]> {
  const wire = await WireClient.connect(port);
  try {
    return await readKeyed(wire, 'compacted', 0);
  } finally {
    wire.close();
  }
}

function assertNewest(records: readonly KeyedRecord[]): void {
  assert.deepEqual(new Map(records.map(({ key, value }) => [key!, value!])), newest);
}

function cleanedOffset(root: string): number {
  let found = -1;
  const bytes = readFileSync(join(root, checkpointFileNames.cleanedOffset));
  assert.ok(
    parseOffsetCheckpoint(bytes, (topic, _partition, offset) => {
      if (topic === 'compacted') found = offset;
    }),
  );
  return found;
}

async function fewerThan(port: number, count: number): Promise<KeyedRecord[]> {
  return eventually(async () => {
    const records = await readAll(port);
    assertNewest(records);
    return records.length < count && records;
  }, `fewer than ${count} records are left`);
}

test('Apache Kafka goes on cleaning a directory of ours, and we one of its own', async (t) => {
  if (!requireApacheKafka(t)) return;
  const root = join(tempDirFor(t), 'data');
  const node = await startMillrace({ directory: root, properties: cleaner }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('compacted', 1, compacted), 0);
  await produce(node.port, [0, 1, 2, 3, 4]);
  await fewerThan(node.port, 500);
  await node.stop();
  const oursUpTo = cleanedOffset(root);
  assert.ok(oursUpTo > 0);
  const directory = join(root, 'compacted-0');
  await dump(directory, '.log', '--deep-iteration');
  const ours = recordLines(await dump(directory, '.log', '--print-data-log'));

  const apache = await startApacheKafka({ logDirectory: root, format: false, properties: cleaner });
  t.after(() => apache.kill());
  const consumed = await tools.output(tool.consoleConsumer, [
    ...['--bootstrap-server', apache.bootstrap, '--topic', 'compacted', '--partition', '0', '--offset', 'earliest'],
    ...['--max-messages', String(ours), '--timeout-ms', '120000', '--formatter-property', 'print.key=true'],
  ]);
  const seen = new Map(
    consumed
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t') as [string, string]),
  );
  assert.equal(consumed.trimEnd().split('\n').length, ours);
  assert.deepEqual(seen, newest);
  await produce(apache.port, [0, 4]);
  await fewerThan(apache.port, 500);
  await apache.stop();
  assert.doesNotMatch(apache.output(), /corrupt|uncleanable|\bERROR\b/i);
  const theirsUpTo = cleanedOffset(root);
  assert.ok(theirsUpTo > oursUpTo, `${theirsUpTo} after ${oursUpTo}`);

  await node.restart();
  assertNewest(await readAll(node.port));
  await produce(node.port, [0, 3]);
  await fewerThan(node.port, 500);
  await node.stop();
  assert.ok(cleanedOffset(root) > theirsUpTo);
  assert.doesNotMatch(node.output(), /"level":"error"/);
  await dump(directory, '.log', '--deep-iteration');
});

function recordLines(said: string): number {
  return [...said.matchAll(/^\| offset: /gm)].length;
}
