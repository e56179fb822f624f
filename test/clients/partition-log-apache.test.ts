/** Partition directories held against Apache Kafka: its tools read ours, we read its, and a broker goes on with ours. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  checkpointFileNames,
  cleanShutdownFileName,
  formatOffsetCheckpoint,
  type PartitionOffset,
  parseCleanShutdown,
  parseOffsetCheckpoint,
} from '../../engine/log/checkpoints.ts';
import { LeaderEpochs } from '../../engine/log/leader-epochs.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import { formatPartitionMetadata, parsePartitionMetadata } from '../../engine/log/partition-metadata.ts';
import { startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka, runTool } from '../support/apache-kafka.ts';
import { appendTo, finished, logFixture, openTestLog, readFrom, testMarker } from '../support/log-fixture.ts';
import { realDisk } from '../support/real-disk.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const dumpTool = 'org.apache.kafka.tools.DumpLogSegments';

async function dump(files: readonly string[], ...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTool(dumpTool, [...flags, '--files', files.join(',')]);
  assert.equal(code, 0, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, /mismatch|corrupt|could not be read|exception|not sane|failed|error/i);
  return stdout;
}

async function appendMarker(log: PartitionLog, kind: 'abort' | 'commit', producerId: bigint): Promise<void> {
  const baseOffset = log.nextOffset;
  const marker = testMarker(kind, 7, { baseOffset, partitionLeaderEpoch: 5, producerId, producerEpoch: 0 });
  assert.equal(log.checkProducer(marker, 0, 'coordinator'), 'ok');
  log.stage(marker, 0, marker.length);
  await finished((done) => log.submit(done));
}

/** Segments with every kind of batch: plain, idempotent, of transactions that were aborted, committed and left open. */
async function fillLog(log: PartitionLog): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const timestampMs = 1_700_000_000_000 + i * 1000;
    await appendTo(log, { count: 3, valueBytes: 300, timestampMs, partitionLeaderEpoch: i < 30 ? 2 : 5 });
    await appendTo(log, {
      count: 2,
      timestampMs: timestampMs - 5000,
      partitionLeaderEpoch: i < 30 ? 2 : 5,
      producerId: 40n,
      producerEpoch: 1,
      baseSequence: i * 2,
    });
  }
  const transaction = { isTransactional: true, producerEpoch: 0, baseSequence: 0, partitionLeaderEpoch: 5 };
  await appendTo(log, { ...transaction, producerId: 41n });
  await appendTo(log, { ...transaction, producerId: 42n });
  await appendMarker(log, 'abort', 41n);
  await appendMarker(log, 'commit', 42n);
  await appendTo(log, { ...transaction, producerId: 43n });
}

test("Apache's DumpLogSegments reads our segments, indexes and snapshots", async (t) => {
  if (!requireApacheKafka(t)) return;
  const root = tempDirFor(t);
  const config = { segmentBytes: 20_000, indexIntervalBytes: 1000 };
  const log = await openTestLog(realDisk(root), logFixture(), { config });
  await fillLog(log);
  assert.ok(log.segmentCount >= 3);
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  const directory = join(root, 'topic-0');
  const files = readdirSync(directory).sort();
  const named = (suffix: string) => files.filter((name) => name.endsWith(suffix)).map((name) => join(directory, name));
  assert.ok(named('.txnindex').length === 1 && named('.snapshot').length >= 2);
  const logs = await dump(named('.log'), '--deep-iteration');
  assert.equal(logs.match(/^baseOffset: /gm)?.length, 125);
  assert.match(logs, /endTxnMarker: ABORT coordinatorEpoch: 7/);
  const sanity = await dump(
    [...named('.index'), ...named('.timeindex'), ...named('.txnindex')],
    '--index-sanity-check',
  );
  assert.equal(sanity.match(/passed sanity check/g)?.length, named('.index').length + named('.timeindex').length);
  await dump([...named('.index'), ...named('.timeindex')], '--verify-index-only');
  const entries = await dump([...named('.index'), ...named('.timeindex')]);
  assert.match(entries, /offset: \d+ position: \d+/);
  assert.match(await dump(named('.txnindex')), /producerId: 41 firstOffset: 300 lastOffset: 302 lastStableOffset: 301/);
  const snapshot = await dump(named('.snapshot').slice(-1));
  assert.match(snapshot, /producerId: 40 producerEpoch: 1 .*lastSequence: 119 /);
  assert.match(snapshot, /producerId: 43 .*currentTxnFirstOffset: Optional(Long)?\[304\]/);
});

function checkpointOf(root: string, name: string): PartitionOffset[] {
  const bytes = readFileSync(join(root, name));
  const entries: PartitionOffset[] = [];
  assert.ok(parseOffsetCheckpoint(bytes, (topic, partition, offset) => entries.push({ topic, partition, offset })));
  assert.deepEqual(Buffer.from(formatOffsetCheckpoint(entries)), bytes);
  return entries;
}

test("we go on with Apache Kafka's directory, and it with ours", async (t) => {
  if (!requireApacheKafka(t)) return;
  const root = tempDirFor(t);
  const broker = await startApacheKafka({ logDirectory: root });
  const topicArgs = ['--bootstrap-server', broker.bootstrap, '--create', '--topic', 'topic', '--partitions', '1'];
  const created = await runTool('org.apache.kafka.tools.TopicCommand', [
    ...topicArgs,
    '--config',
    'segment.bytes=1048576',
  ]);
  assert.equal(created.code, 0, created.stdout + created.stderr);
  const load = ['--topic', 'topic', '--num-records', '3000', '--record-size', '1000', '--throughput', '-1'];
  const produced = await runTool('org.apache.kafka.tools.ProducerPerformance', [
    ...load,
    '--command-property',
    `bootstrap.servers=${broker.bootstrap}`,
  ]);
  assert.equal(produced.code, 0, produced.stdout + produced.stderr);
  await broker.stop();

  const directory = join(root, 'topic-0');
  assert.equal(parseCleanShutdown(readFileSync(join(root, cleanShutdownFileName))) >= -1, true);
  const recovery = checkpointOf(root, checkpointFileNames.recoveryPoint);
  checkpointOf(root, checkpointFileNames.highWatermark);
  checkpointOf(root, checkpointFileNames.logStartOffset);
  const metadataBytes = readFileSync(join(directory, 'partition.metadata'));
  const metadata = parsePartitionMetadata(metadataBytes);
  assert.ok(metadata !== null);
  assert.deepEqual(Buffer.from(formatPartitionMetadata(metadata)), metadataBytes);
  const epochBytes = readFileSync(join(directory, 'leader-epoch-checkpoint'));
  assert.deepEqual(Buffer.from(LeaderEpochs.fromFile(epochBytes)!.toFile()), epochBytes);

  const recoveryPoint = recovery.find((entry) => entry.topic === 'topic')!.offset;
  for (const choices of [
    { cleanShutdown: false, recoveryPoint: 0 },
    { cleanShutdown: true, recoveryPoint },
  ]) {
    const fixture = logFixture();
    fixture.clock.nowMs = Date.now();
    const log = await openTestLog(realDisk(root), fixture, { ...choices, topicId: metadata.topicId });
    const before = choices.cleanShutdown ? 3010 : 3000;
    assert.equal(log.logEndOffset, before);
    assert.equal(log.latestEpoch, 0);
    assert.ok(log.segmentCount >= 3);
    const [entry] = [...log.producers.entries().values()];
    assert.equal(entry.lastSequence, 2999);
    const middle = await readFrom(log, 1500, 100_000);
    assert.ok(middle !== 'out-of-range' && middle.bytes.length > 1000);
    for (let i = 0; i < 10; i++) await appendTo(log, { timestampMs: Date.now() });
    await finished((done) => log.close(done));
  }

  const again = await startApacheKafka({ logDirectory: root, format: false });
  const consume = [
    '--bootstrap-server',
    again.bootstrap,
    '--topic',
    'topic',
    '--from-beginning',
    '--max-messages',
    '3020',
  ];
  const consumed = await runTool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...consume,
    '--timeout-ms',
    '120000',
  ]);
  await again.stop();
  assert.equal(consumed.stdout.split('\n').length - 1, 3020, consumed.stderr);
  assert.doesNotMatch(again.output(), /corrupt|rebuilding|truncat/i);
});
