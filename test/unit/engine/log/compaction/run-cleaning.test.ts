import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompressionError } from '../../../../../engine/base/codec.ts';
import type { CleaningReport } from '../../../../../engine/log/compaction/cleaning-request.ts';
import type { CleaningPlan } from '../../../../../engine/log/compaction/plan-cleaning.ts';
import type { OffsetAndTimestamp } from '../../../../../engine/log/offset-lookup.ts';
import type { PartitionLog } from '../../../../../engine/log/partition-log.ts';
import { BatchBuilder } from '../../../../../engine/protocol/records/batch-builder.ts';
import { batchBaseOffset, batchLastOffset } from '../../../../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { compression } from '../../../../../native-bindings/compression.ts';
import { cleanTestLog, jobsOver, testSettings } from '../../../../support/cleaning-jobs.ts';
import { batchesOf, recordsIn } from '../../../../support/compaction-model.ts';
import {
  answered,
  finished,
  type LogFixture,
  logFixture,
  openTestLog,
  readFrom,
  testBatch,
} from '../../../../support/log-fixture.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { SimulatedDisk, type SimulatedDiskOptions } from '../../../../support/simulated-disk.ts';

const config = {
  cleanupCompact: true,
  cleanupDelete: false,
  segmentBytes: 1000,
  indexIntervalBytes: 100,
  fileDeleteDelayMs: 10,
  minCleanableDirtyRatio: 0.5,
};

type Config = Parameters<typeof openTestLog>[2] extends infer C | undefined
  ? NonNullable<(C & object)['config' & keyof C]>
  : never;

interface Filled {
  readonly disk: SimulatedDisk;
  readonly fixture: LogFixture;
  readonly log: PartitionLog;
}

/** Single records of a few keys, some 8 a segment; the time of each is the clock's, which goes on by 10 ms. */
async function append(
  log: PartitionLog,
  fixture: LogFixture,
  count: number,
  codec: 0 | 1 = 0,
  keys = 5,
): Promise<void> {
  for (let left = count; left > 0; left--) {
    fixture.clock.advance(10);
    const baseOffset = log.nextOffset;
    const builder = new BatchBuilder({ baseOffset, partitionLeaderEpoch: 0 });
    builder.append(
      fixture.clock.nowMs,
      Buffer.from(`key-${baseOffset % keys}`),
      Buffer.from(`${baseOffset}`.padEnd(50)),
    );
    const bytes = await builder.buildCompressed(checksum, compression, codec);
    log.stage(bytes, 0, bytes.length);
    await finished((done) => log.submit(done));
  }
  log.setHighWatermark(log.logEndOffset);
}

async function filled(
  changes: Config = {},
  options: SimulatedDiskOptions = {},
  codec: 0 | 1 = 0,
  count = 60,
): Promise<Filled> {
  const disk = new SimulatedDisk(options);
  const fixture = logFixture(compression);
  const log = await openTestLog(disk, fixture, { config: { ...config, ...changes } });
  await append(log, fixture, count, codec);
  await finished((done) => log.flush(done));
  assert.ok(log.segmentCount >= 5);
  return { disk, fixture, log };
}

const planOf = (log: PartitionLog, nowMs: number): Promise<CleaningPlan> =>
  answered<CleaningPlan>((done) => log.planCleaning(nowMs, done));

const strays = (disk: SimulatedDisk): string[] =>
  Object.keys(disk.contents()).filter((name) => /\.(cleaned|swap)$/.test(name));

test('reads, look-ups and appends go on while segments are replaced', async () => {
  const random = new SeededRandom(3);
  const defer: SimulatedDiskOptions['defer'] = ({ kind }, run) => {
    const later = (turns: number): void => void setImmediate(() => (turns === 0 ? run() : later(turns - 1)));
    // Names change faster than a segment is looked through.
    later(kind === 'read' ? random.below(25) : random.below(2));
  };
  // Without an entry in its index a segment is looked through from its start, in several reads.
  const coarse = { segmentBytes: 12_000, indexIntervalBytes: 1 << 20, fileDeleteDelayMs: 0 };
  const { disk, fixture, log } = await filled(coarse, { defer }, 0, 600);
  const keys = 400;
  let isOver = false;
  let reads = 0;
  const read = async (): Promise<void> => {
    while (!isOver) {
      const offset = random.below(log.logEndOffset);
      const answer = await readFrom(log, offset, 1 + random.below(300)).catch((error: Error) => error);
      // A location that was overtaken is located again, by whoever asked.
      if (answer instanceof Error) assert.match(answer.message, /is gone/);
      else {
        assert.ok(answer !== 'out-of-range' && answer.bytes.length > 0, `nothing at ${offset}`);
        assert.ok(batchLastOffset(answer.bytes, 0) >= offset);
        if (offset >= log.logEndOffset - 5) assert.equal(batchBaseOffset(answer.bytes, 0), offset);
        reads++;
      }
      const timestampMs = 1_000_000 + random.below(5000);
      const found = await answered<OffsetAndTimestamp>((done) => log.lookUpOffset(timestampMs, done));
      assert.ok(found.offset >= 0 && found.timestampMs >= timestampMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const readers = Array.from({ length: 12 }, read);
  for (let round = 0; round < 8; round++) {
    const cleaning = cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs, { ...testSettings, readBytes: 4000 });
    await append(log, fixture, 300, 0, keys);
    const report = await cleaning;
    assert.equal(report.status, 'cleaned', report.detail);
    fixture.clock.advance(1);
  }
  isOver = true;
  await Promise.all(readers);
  assert.ok(reads > 50, `${reads} reads`);
  await finished((done) => log.close(done));
  assert.deepEqual(strays(disk), []);
});

test('to be closed, or truncated, makes an end of a cleaning first', async () => {
  for (const how of ['close', 'truncate'] as const) {
    const { disk, fixture, log } = await filled();
    let ending: Promise<void> | undefined;
    const beforeReplace = (): void => {
      // The segment lies there, complete; what comes now is to find it gone.
      ending ??= finished((done) => (how === 'close' ? log.close(done) : log.truncateTo(7, done)));
    };
    const report = await cleanTestLog(log, jobsOver(disk, { beforeReplace }), fixture.clock.nowMs);
    await ending;
    assert.equal(report.status, 'stopped');
    assert.deepEqual(strays(disk), []);
    if (how === 'close') continue;
    assert.equal(log.logEndOffset, 7);
    assert.deepEqual(
      recordsIn(await batchesOf(log)).map(({ offset }) => offset),
      [0, 1, 2, 3, 4, 5, 6],
    );
    await append(log, fixture, 40);
    assert.equal((await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs)).status, 'cleaned');
  }
});

test('truncation below the cleaned offset takes it back', async () => {
  const { disk, fixture, log } = await filled();
  await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
  assert.ok(log.cleanedOffset > 20);
  await finished((done) => log.truncateTo(20, done));
  assert.ok(log.cleanedOffset <= 20);
});

test('segments that retention deletes meanwhile are left out', async () => {
  const { disk, fixture, log } = await filled({ cleanupDelete: true, retentionBytes: 100_000 });
  let isDeleted = false;
  const verdicts: string[] = [];
  const beforeReplace = async (): Promise<void> => {
    if (isDeleted) return;
    isDeleted = true;
    log.deleteRecordsBefore(15);
    await answered<number>((done) => log.applyRetention(fixture.clock.nowMs, done));
  };
  const settings = { ...testSettings };
  const request = (asked: Parameters<NonNullable<Parameters<typeof jobsOver>[1] & object>['request'] & object>[0]) => ({
    ...asked,
    // No two segments become one.
    segmentBytes: 1,
  });
  const hooks = { beforeReplace, request, afterReplace: (verdict: string) => void verdicts.push(verdict) };
  const report = await cleanTestLog(log, jobsOver(disk, hooks), fixture.clock.nowMs, settings);
  assert.equal(report.status, 'cleaned');
  assert.equal(verdicts[0], 'gone');
  assert.ok(verdicts.slice(1).includes('replaced'));
  assert.deepEqual(strays(disk), []);
});

test('a broken batch, and one that inflates to too much, are told, and nothing is changed', async () => {
  const broken = await filled();
  const files = { ...broken.disk.contents() };
  const name = `topic-0/${'0'.repeat(20)}.log`;
  files[name]![200]! ^= 1;
  const disk = new SimulatedDisk({ files });
  const log = await openTestLog(disk, broken.fixture, { config, recoveryPoint: 60, highWatermark: 60 });
  const report = await cleanTestLog(log, jobsOver(disk), 0);
  assert.equal(report.status, 'corrupt');
  assert.match(report.detail, /00000\.log at \d+/);
  assert.deepEqual(disk.contents()[name], files[name]);
  assert.deepEqual(strays(disk), []);

  const bomb = await filled({}, {}, 1);
  const decompress = (): never => {
    throw new CompressionError('too-large', 'more than the limit');
  };
  const hooks = { compression: { ...compression, decompress } };
  const large = await cleanTestLog(bomb.log, jobsOver(bomb.disk, hooks), 0);
  assert.equal(large.status, 'too-large');
  assert.equal((await cleanTestLog(bomb.log, jobsOver(bomb.disk), 0)).status, 'cleaned');
});

test('a disk without room for it ends the cleaning, and the log goes on', async () => {
  let isFull = true;
  const fault: SimulatedDiskOptions['fault'] = ({ kind, path, bytes }) =>
    isFull && kind === 'write' && bytes > 0 && path.endsWith('.cleaned') ? { code: 'ENOSPC' } : null;
  const { disk, fixture, log } = await filled({}, { fault });
  const report = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
  assert.equal(report.status, 'failed');
  assert.match(report.detail, /ENOSPC/);
  assert.deepEqual(strays(disk), []);
  await append(log, fixture, 10);
  isFull = false;
  assert.equal((await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs)).status, 'cleaned');
});

test('a replacement that fails half-way takes the directory offline, and is completed by the next who opens it', async () => {
  let renames = Number.POSITIVE_INFINITY;
  const fault: SimulatedDiskOptions['fault'] = ({ kind }) => {
    if (kind !== 'rename') return null;
    return renames-- > 0 ? null : { code: 'EIO' };
  };
  const { disk, fixture, log } = await filled({}, { fault });
  const before = recordsIn(await batchesOf(log));
  renames = 5;
  const report = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
  assert.equal(report.status, 'stopped');
  assert.equal(disk.isOnline(), false);
  assert.notEqual(log.failure, null);
  const next = disk.copy();
  const again = await openTestLog(next, fixture, { config, cleanShutdown: false, recoveryPoint: 60 });
  const after = recordsIn(await batchesOf(again));
  assert.ok(
    after.length < before.length && after.every((record) => before.some(({ offset }) => offset === record.offset)),
  );
  assert.deepEqual(after.slice(-5), before.slice(-5));
  assert.deepEqual(strays(next), []);
});

test('only durable, sealed segments without an open transaction are cleaned, and only when there is enough to do', async () => {
  const { disk, fixture, log } = await filled();
  const first = await planOf(log, fixture.clock.nowMs);
  assert.equal(first.dirtyRatio, 1);
  assert.equal(first.isDue, true);
  const report = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
  assert.equal(report.cleanedOffset, first.firstUncleanableOffset);
  assert.ok(report.cleanedOffset < log.logEndOffset, 'the active segment is not');
  const second = await planOf(log, fixture.clock.nowMs);
  assert.deepEqual([second.dirtyRatio, second.isDue, second.nextLookMs], [0, false, Number.POSITIVE_INFINITY]);
  const baseOffset = log.nextOffset;
  const producer = { producerId: 9n, producerEpoch: 0, baseSequence: 0, isTransactional: true };
  const open = testBatch({ baseOffset, partitionLeaderEpoch: 0, ...producer });
  log.stage(open, 0, open.length);
  await append(log, fixture, 60);
  const third = await planOf(log, fixture.clock.nowMs);
  assert.ok(third.firstUncleanableOffset <= baseOffset, 'an open transaction holds the rest back');
  assert.equal(log.lastStableOffset, baseOffset);
});

test('min.compaction.lag.ms holds young records back, and max.compaction.lag.ms lets none wait for longer', async () => {
  const { fixture, log } = await filled({ minCompactionLagMs: 300 });
  const nowMs = fixture.clock.nowMs;
  const held = await planOf(log, nowMs);
  // One record every 10 ms: the last 30 are too young, and the segments that they lie in.
  assert.ok(held.firstUncleanableOffset > 10 && held.firstUncleanableOffset <= 30, `${held.firstUncleanableOffset}`);
  assert.ok(held.nextLookMs > nowMs && held.nextLookMs <= nowMs + 300);
  assert.ok((await planOf(log, held.nextLookMs + 10)).firstUncleanableOffset > held.firstUncleanableOffset);

  const lazy = { minCleanableDirtyRatio: 1, maxCompactionLagMs: 10_000 };
  log.setConfig({ ...(await import('../../../../../engine/log/config.ts')).defaultLogConfig, ...config, ...lazy });
  assert.equal((await planOf(log, nowMs)).isDue, false);
  const due = (await planOf(log, nowMs)).nextLookMs;
  assert.equal((await planOf(log, due + 1)).isDue, true);
});

test('an active segment of a compacted topic rolls when max.compaction.lag.ms is over', async () => {
  for (const cleanupCompact of [true, false]) {
    const fixture = logFixture();
    const choices = { config: { ...config, segmentBytes: 1 << 20, maxCompactionLagMs: 1000, cleanupCompact } };
    const log = await openTestLog(new SimulatedDisk(), fixture, choices);
    await append(log, fixture, 2);
    fixture.clock.advance(2000);
    await append(log, fixture, 1);
    assert.equal(log.segmentCount, cleanupCompact ? 2 : 1);
  }
});

test('one cleaning of a log runs at a time', async () => {
  const { disk, fixture, log } = await filled();
  const plan = await planOf(log, fixture.clock.nowMs);
  const clean = (): Promise<CleaningReport> =>
    new Promise((resolve) => log.clean(plan, testSettings, jobsOver(disk), resolve));
  const [first, second] = await Promise.all([clean(), clean()]);
  assert.deepEqual([first!.status, second!.status], ['cleaned', 'stopped']);
  assert.equal(log.isIdle, true);
});
