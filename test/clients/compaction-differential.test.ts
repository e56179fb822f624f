/** One log, cleaned here and by Apache Kafka's own cleaner. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpointFileNames, parseOffsetCheckpoint } from '../../engine/log/checkpoints.ts';
import { parsePartitionMetadata } from '../../engine/log/partition-metadata.ts';
import {
  batchAttributesOf,
  batchBaseOffset,
  batchBaseSequence,
  batchHasDeleteHorizon,
  batchIsControl,
  batchLastOffset,
  batchMaxTimestamp,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
} from '../../engine/protocol/records/batch-view.ts';
import { splitBatches } from '../../engine/protocol/records/split-batches.ts';
import { compression } from '../../native-bindings/compression.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { cleanTestLog, jobsOver } from '../support/cleaning-jobs.ts';
import { CompactionModel, recordsIn } from '../support/compaction-model.ts';
import { finished, logFixture, openTestLog } from '../support/log-fixture.ts';
import { startMillrace } from '../support/millrace.ts';
import { realDisk } from '../support/real-disk.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 1);
const segmentBytes = 20_000;
const topicConfig = {
  'cleanup.policy': 'compact',
  'internal.segment.bytes': String(segmentBytes),
  'min.cleanable.dirty.ratio': '0.01',
};
const config = { cleanupCompact: true, cleanupDelete: false, segmentBytes };

function batchesIn(root: string): Uint8Array[] {
  const directory = join(root, 'topic-0');
  const names = readdirSync(directory).filter((name) => name.endsWith('.log'));
  return names.sort().flatMap((name) => splitBatches(Uint8Array.from(readFileSync(join(directory, name)))));
}

/** All that a batch says, but for when its tombstones may go: that is counted from the moment of the cleaning. */
function describe(batch: Uint8Array): object {
  const isPlain = !batchHasDeleteHorizon(batch, 0) && (batchAttributesOf(batch, 0) & 7) === 0;
  return {
    baseOffset: batchBaseOffset(batch, 0),
    lastOffset: batchLastOffset(batch, 0),
    attributes: batchAttributesOf(batch, 0),
    producer: [batchProducerId(batch, 0), batchProducerEpoch(batch, 0), batchBaseSequence(batch, 0)],
    maxTimestampMs: batchMaxTimestamp(batch, 0),
    records: batchIsControl(batch, 0) ? batchRecordCount(batch, 0) : recordsIn([batch]),
    bytes: isPlain ? Buffer.from(batch).toString('hex') : '',
  };
}

function cleanedOffset(root: string): number {
  let found = 0;
  const path = join(root, checkpointFileNames.cleanedOffset);
  if (!existsSync(path)) return 0;
  parseOffsetCheckpoint(readFileSync(path), (topic, _partition, offset) => {
    if (topic === 'topic') found = offset;
  });
  return found;
}

/** A directory of a node with one topic, whose log is a model's: transactions, tombstones, every codec. */
async function filledRoot(t: Parameters<typeof tempDirFor>[0] & { after(run: () => unknown): void }): Promise<string> {
  const root = join(tempDirFor(t), 'data');
  const node = await startMillrace({ directory: root, properties: { 'log.cleaner.enable': 'false' } }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('topic', 1, topicConfig), 0);
  assert.equal(await client.configure('topic', { 'cleanup.policy': 'delete' }), 0);
  assert.equal((await client.produce('topic', 0)).errorCode, 0);
  assert.equal(await client.configure('topic', { 'cleanup.policy': 'compact' }), 0);
  await node.stop();
  const directory = join(root, 'topic-0');
  for (const name of readdirSync(directory)) if (name !== 'partition.metadata') rmSync(join(directory, name));
  const { topicId } = parsePartitionMetadata(readFileSync(join(directory, 'partition.metadata')))!;
  const fixture = logFixture(compression);
  fixture.clock.nowMs = Date.now() - 60_000;
  const log = await openTestLog(realDisk(root), fixture, { config, topicId });
  const model = new CompactionModel(new SeededRandom(seed), 120);
  for (let batches = 0; batches < 900; batches++) {
    if (batches % 200 === 0) {
      await model.endTransactions(log);
      model.firstProducerId = batches;
    }
    fixture.clock.advance(5);
    await model.append(log, fixture.clock.nowMs);
  }
  await model.endTransactions(log);
  await finished((done) => log.close(done));
  return root;
}

test("the same log cleaned here and by Apache Kafka's cleaner holds the same batches", async (t) => {
  if (!requireApacheKafka(t)) return;
  const ours = await filledRoot(t);
  const theirs = join(tempDirFor(t), 'data');
  cpSync(ours, theirs, { recursive: true });
  const before = batchesIn(ours);

  const properties = { 'log.cleaner.backoff.ms': '200', 'log.cleaner.dedupe.buffer.size': '2097152' };
  const apache = await startApacheKafka({ logDirectory: theirs, format: false, properties });
  t.after(() => apache.kill());
  await eventually(() => cleanedOffset(theirs) > 0, 'Apache Kafka has cleaned');
  await apache.stop();

  const { topicId } = parsePartitionMetadata(readFileSync(join(ours, 'topic-0', 'partition.metadata')))!;
  const fixture = logFixture(compression);
  fixture.clock.nowMs = Date.now();
  const disk = realDisk(ours);
  const log = await openTestLog(disk, fixture, { config, topicId, recoveryPoint: 1 << 20, highWatermark: 1 << 20 });
  const report = await cleanTestLog(log, jobsOver(disk), Date.now());
  assert.equal(report.status, 'cleaned', report.detail);
  await finished((done) => log.close(done));
  assert.equal(report.cleanedOffset, cleanedOffset(theirs));

  const apacheBatches = batchesIn(theirs);
  const kept = new Set(apacheBatches.map((batch) => batchBaseOffset(batch, 0)));
  // Each of our segments ends with its last batch, whether records are left in it or not.
  const isOursAlone = (batch: Uint8Array): boolean =>
    batchRecordCount(batch, 0) === 0 && !kept.has(batchBaseOffset(batch, 0));
  const ourBatches = batchesIn(ours);
  assert.deepEqual(ourBatches.filter((batch) => !isOursAlone(batch)).map(describe), apacheBatches.map(describe));
  assert.ok(apacheBatches.length < before.length * 0.9, `${apacheBatches.length} of ${before.length} batches are left`);
  assert.ok(
    apacheBatches.some((batch) => batchRecordCount(batch, 0) === 0),
    'one without records is among them',
  );
  assert.ok(
    apacheBatches.some((batch) => batchHasDeleteHorizon(batch, 0)),
    'and one with a horizon',
  );
  assert.ok(ourBatches.length - apacheBatches.length < 10);
});
