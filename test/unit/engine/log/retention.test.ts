import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompressionCodec, CompressionError, compressionCodec } from '../../../../engine/base/codec.ts';
import { defaultLogConfig } from '../../../../engine/log/config.ts';
import type { OffsetAndTimestamp } from '../../../../engine/log/offset-lookup.ts';
import type { PartitionLog } from '../../../../engine/log/partition-log.ts';
import { batchAttributesOf, sealBatch, setBatchAttributes } from '../../../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../../../native-bindings/checksum.ts';
import {
  answered,
  appendTo,
  finished,
  logFixture,
  openTestLog,
  readFrom,
  testBatch,
} from '../../../support/log-fixture.ts';
import { type DiskOperation, SimulatedDisk } from '../../../support/simulated-disk.ts';

const segmented = { segmentBytes: 600, indexIntervalBytes: 100 };

async function filled(config = {}) {
  const fixture = logFixture();
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, fixture, { config: { ...segmented, ...config } });
  for (let i = 0; i < 30; i++) await appendTo(log, { timestampMs: 1_000_000 + i * 100 });
  return { fixture, disk, log };
}

const retain = (log: PartitionLog, nowMs: number) => answered<number>((done) => log.applyRetention(nowMs, done));
const lookUp = (log: PartitionLog, timestampMs: number) =>
  answered<OffsetAndTimestamp>((done) => log.lookUpOffset(timestampMs, done));
const names = (disk: SimulatedDisk, suffix: string) =>
  Object.keys(disk.contents()).filter((name) => name.endsWith(suffix));

test('retention by time deletes whole segments below the high watermark, files later', async () => {
  const { fixture, disk, log } = await filled({ retentionMs: 1000 });
  assert.equal(await retain(log, 1_003_000), 0);
  log.setHighWatermark(30);
  const before = log.segmentCount;
  const deleted = await retain(log, 1_003_000);
  assert.ok(deleted > 0 && log.segmentCount === before - deleted);
  assert.ok(log.logStartOffset > 0 && log.logStartOffset <= 20);
  assert.equal(await readFrom(log, log.logStartOffset - 1), 'out-of-range');
  assert.equal(names(disk, '.log.deleted').length, deleted);
  fixture.clock.advance(60_000);
  assert.deepEqual(names(disk, '.deleted'), []);
  assert.equal(names(disk, '.log').length, log.segmentCount);
});

test('a reader goes on at the log start while the segments before it are on their way out', async () => {
  const queue: (() => void)[] = [];
  let isDeferring = false;
  const disk = new SimulatedDisk({ defer: (_, run) => (isDeferring ? void queue.push(run) : run()) });
  const log = await openTestLog(disk, logFixture(), { config: { ...segmented, retentionMs: 1000 } });
  for (let i = 0; i < 30; i++) await appendTo(log, { timestampMs: 1_000_000 + i * 100 });
  log.setHighWatermark(30);
  const { log: sameLog } = await filled({ retentionMs: 1000 });
  sameLog.setHighWatermark(30);
  assert.ok((await retain(sameLog, 1_003_000)) > 1);
  const start = sameLog.logStartOffset;
  // It stands where the last of them ends, which is remembered as a place in that segment.
  for (let next = 0; next < start; ) {
    const read = await readFrom(log, next, 1, start);
    assert.ok(read !== 'out-of-range');
    next = read.nextOffset;
  }
  isDeferring = true;
  const deleting = retain(log, 1_003_000);
  while (log.logStartOffset === 0) queue.shift()!();
  const reading = readFrom(log, start, 1 << 20, 30);
  while (queue.length > 0) {
    queue.shift()!();
    await null;
  }
  const read = await reading;
  assert.ok(read !== 'out-of-range' && read.nextOffset > start, 'what is there is read');
  assert.ok((await deleting) > 1);
});

test('retention deletes the active segment too, beginning a new one at the log end', async () => {
  const { disk, log } = await filled({ retentionMs: 1000 });
  log.setHighWatermark(30);
  await retain(log, 2_000_000);
  assert.equal(log.segmentCount, 1);
  assert.equal(log.logStartOffset, 30);
  // After a crash this name alone tells where the log goes on.
  assert.deepEqual(names(disk, '.log'), ['topic-0/00000000000000000030.log']);
  assert.equal(await retain(log, 3_000_000), 0);
  assert.equal(await appendTo(log), 30);
});

test('retention by size keeps at least retention.bytes', async () => {
  const { log } = await filled({ retentionMs: -1 });
  log.setHighWatermark(30);
  const before = log.sizeBytes;
  log.setConfig({ ...defaultLogConfig, ...segmented, retentionMs: -1, retentionBytes: before - 700 });
  assert.equal(await retain(log, 1_003_000), 1);
  assert.ok(log.sizeBytes >= before - 700 && log.sizeBytes < before);
});

test('a compacted log keeps its segments, except those before the log start', async () => {
  const { log } = await filled({ retentionMs: 1, cleanupDelete: false, cleanupCompact: true });
  log.setHighWatermark(30);
  assert.equal(await retain(log, 9_000_000), 0);
  assert.equal(log.deleteRecordsBefore(20), true);
  assert.equal(log.deleteRecordsBefore(10), false);
  assert.equal(log.logStartOffset, 20);
  assert.ok((await retain(log, 9_000_000)) > 0);
  assert.equal(log.logStartOffset, 20);
  assert.equal(await readFrom(log, 19), 'out-of-range');
});

test('look-up by time, and of the named places', async () => {
  const { log } = await filled();
  log.setHighWatermark(30);
  assert.deepEqual(await lookUp(log, 1_000_450), { offset: 5, timestampMs: 1_000_500, leaderEpoch: 0 });
  assert.deepEqual(await lookUp(log, 0), { offset: 0, timestampMs: 1_000_000, leaderEpoch: 0 });
  assert.deepEqual(await lookUp(log, 1_002_901), { offset: -1, timestampMs: -1, leaderEpoch: -1 });
  assert.deepEqual(await lookUp(log, -1), { offset: 30, timestampMs: -1, leaderEpoch: 0 });
  log.deleteRecordsBefore(7);
  assert.deepEqual(await lookUp(log, 0), { offset: 7, timestampMs: 1_000_700, leaderEpoch: 0 });
  for (const place of [-2, -4])
    assert.deepEqual(await lookUp(log, place), { offset: 7, timestampMs: -1, leaderEpoch: 0 });
  assert.deepEqual(await lookUp(log, -3), { offset: 29, timestampMs: 1_002_900, leaderEpoch: 0 });
  for (const place of [-5, -6]) assert.equal((await lookUp(log, place)).offset, -1);
});

test('look-up by time inflates a batch within bounds, and answers its start where that fails', async () => {
  let fails = false;
  const fixture = logFixture({
    decompress(codec: CompressionCodec, bytes: Uint8Array) {
      assert.equal(codec, compressionCodec.gzip);
      if (fails) throw new CompressionError('too-large', 'more than the limit');
      return bytes;
    },
    decompressBriefly: () => assert.fail('not asked for'),
    compress: () => Promise.reject(new Error('not asked for')),
  });
  const log = await openTestLog(new SimulatedDisk(), fixture);
  await appendTo(log);
  const batch = testBatch({ baseOffset: 1, count: 5, timestampMs: 2_000_000, timestampStepMs: 10 });
  // What `decompress` is given is what it answers, so that only the header has to say gzip.
  setBatchAttributes(batch, 0, batchAttributesOf(batch, 0) | compressionCodec.gzip);
  sealBatch(batch, 0, checksum);
  log.stage(batch, 0, batch.length);
  await finished((done) => log.submit(done));
  assert.equal((await lookUp(log, 2_000_015)).offset, 3);
  fails = true;
  assert.equal((await lookUp(log, 2_000_015)).offset, 1);
});

test('segments roll by time of their first batch, by a full index and by offset', async () => {
  const byTime = await openTestLog(new SimulatedDisk(), logFixture(), { config: { segmentMs: 1000 } });
  for (const timestampMs of [5000, 6000, 6001, 7001, 7002]) await appendTo(byTime, { timestampMs });
  assert.equal(byTime.segmentCount, 3);
  const byIndex = await openTestLog(new SimulatedDisk(), logFixture(), {
    config: { indexIntervalBytes: 0, segmentIndexBytes: 40 },
  });
  for (let i = 0; i < 20; i++) await appendTo(byIndex, { timestampMs: 1_000_000 + i });
  assert.ok(byIndex.segmentCount > 3);
  const byOffset = await openTestLog(new SimulatedDisk(), logFixture());
  await appendTo(byOffset);
  const far = testBatch({ baseOffset: 0x80000000, partitionLeaderEpoch: 0 });
  byOffset.stage(far, 0, far.length);
  await finished((done) => byOffset.submit(done));
  assert.equal(byOffset.segmentCount, 2);
  assert.equal(byOffset.logEndOffset, 0x80000001);
});

test('flush.messages holds answers back until a flush that they share', async () => {
  const waiting: (() => void)[] = [];
  const kinds: string[] = [];
  const defer = (operation: DiskOperation, run: () => void) => {
    kinds.push(operation.kind);
    if (operation.kind === 'sync') waiting.push(run);
    else run();
  };
  const disk = new SimulatedDisk({ defer });
  const log = await openTestLog(disk, logFixture(), { config: { flushMessages: 1 } });
  const answeredBatches: number[] = [];
  for (let i = 0; i < 4; i++) {
    const batch = testBatch({ baseOffset: log.nextOffset });
    log.stage(batch, 0, batch.length);
    log.submit((error) => {
      assert.equal(error, null);
      answeredBatches.push(i);
    });
  }
  assert.deepEqual(answeredBatches, []);
  waiting.shift()!();
  assert.deepEqual(answeredBatches, [0]);
  assert.equal(log.flushedOffset, 1);
  // This disk keeps a file's writes behind its flush: one batch went out with the next, two had to gather.
  waiting.shift()!();
  assert.deepEqual(answeredBatches, [0, 1]);
  waiting.shift()!();
  assert.deepEqual(answeredBatches, [0, 1, 2, 3]);
  assert.equal(kinds.filter((kind) => kind === 'sync').length, 3);
  assert.equal(log.flushedOffset, 4);
});

test('a failed flush is answered, and takes the directory offline', async () => {
  const disk = new SimulatedDisk({ fault: (operation) => (operation.kind === 'sync' ? { code: 'EIO' } : null) });
  const log = await openTestLog(disk, logFixture(), { config: { flushMessages: 1 } });
  await assert.rejects(appendTo(log), { code: 'EIO' });
  assert.equal(disk.isOnline(), false);
  assert.equal(log.flushedOffset, 0);
  await assert.rejects(appendTo(log), { code: 'EIO' });
});

test('a deleted topic leaves a renamed directory', async () => {
  const { disk, log } = await filled();
  const hex = '0123456789abcdef0123456789abcdef';
  assert.equal(await answered<string | null>((done) => log.retire(hex, done)), `topic-0.${hex}-delete`);
  assert.ok(Object.keys(disk.contents()).every((name) => name.startsWith(`topic-0.${hex}-delete/`)));
  const empty = await openTestLog(new SimulatedDisk(), logFixture());
  assert.equal(await answered<string | null>((done) => empty.retire(hex, done)), null);
});
