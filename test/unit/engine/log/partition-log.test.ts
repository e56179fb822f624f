import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchBaseOffset, batchSizeBytes } from '../../../../engine/protocol/records/batch-view.ts';
import { partitionFilesOf } from '../../../crash/states/files-of-state.ts';
import { checkPartitionFiles } from '../../../support/check-partition-files.ts';
import { appendTo, finished, logFixture, openTestLog, readFrom, testBatch } from '../../../support/log-fixture.ts';
import { SimulatedDisk, type SimulatedDiskOptions } from '../../../support/simulated-disk.ts';

const later: SimulatedDiskOptions = { defer: (_operation, run) => void setImmediate(run) };

for (const [name, options] of [
  ['at once', {}],
  ['later', later],
] as const) {
  test(`batches are appended and read again, completions ${name}`, async () => {
    const fixture = logFixture();
    const disk = new SimulatedDisk(options);
    const log = await openTestLog(disk, fixture, { config: { segmentBytes: 2000 } });
    const written: Uint8Array[] = [];
    for (let i = 0; i < 40; i++) {
      const batch = testBatch({ baseOffset: log.nextOffset, count: 1 + (i % 3), partitionLeaderEpoch: 0 });
      log.stage(batch, 0, batch.length);
      written.push(batch);
      if (i % 3 === 0) await finished((done) => log.submit(done));
    }
    await finished((done) => log.submit(done));
    assert.equal(log.logEndOffset, log.nextOffset);
    assert.ok(log.segmentCount > 1);
    let offset = 0;
    const read: number[] = [];
    while (offset < log.logEndOffset) {
      const answer = await readFrom(log, offset, 300);
      assert.ok(answer !== 'out-of-range' && answer.nextOffset > offset);
      for (let at = 0; at < answer.bytes.length; at += batchSizeBytes(answer.bytes, at)) {
        const size = batchSizeBytes(answer.bytes, at);
        read.push(batchBaseOffset(answer.bytes, at));
        assert.deepEqual(answer.bytes.slice(at, at + size), written[read.length - 1]);
      }
      offset = answer.nextOffset;
    }
    assert.equal(read.length, written.length);
    assert.equal(await readFrom(log, log.logEndOffset + 1), 'out-of-range');
  });

  test(`a log is opened again where it ended, completions ${name}`, async () => {
    const fixture = logFixture();
    const disk = new SimulatedDisk(options);
    const log = await openTestLog(disk, fixture, { config: { segmentBytes: 2000 } });
    for (let i = 0; i < 30; i++) await appendTo(log, { count: 2 });
    await finished((done) => log.flush(done));
    assert.equal(log.flushedOffset, 60);
    const again = await openTestLog(disk.copy(options), fixture, { cleanShutdown: false });
    assert.equal(again.logEndOffset, 60);
    assert.equal(again.segmentCount, log.segmentCount);
    assert.equal(again.latestEpoch, 0);
    await appendTo(again);
    const answer = await readFrom(again, 59);
    assert.ok(answer !== 'out-of-range' && answer.nextOffset === 61);
  });
}

test('a reader gets nothing at or above its bound, at batch granularity', async () => {
  const log = await openTestLog(new SimulatedDisk(), logFixture());
  for (let i = 0; i < 10; i++) await appendTo(log, { count: 5 });
  const answer = await readFrom(log, 12, 1 << 20, 30);
  assert.ok(answer !== 'out-of-range');
  assert.equal(batchBaseOffset(answer.bytes, 0), 10);
  assert.equal(answer.nextOffset, 30);
  assert.deepEqual(await readFrom(log, 30, 1 << 20, 30), { bytes: new Uint8Array(0), nextOffset: 30 });
});

test('a segment that is cut to nothing is indexed as a new one', async () => {
  const fixture = logFixture();
  const disk = new SimulatedDisk();
  const config = { segmentBytes: 2000, indexIntervalBytes: 150 };
  const log = await openTestLog(disk, fixture, { config });
  const offsets: number[] = [];
  while (log.segmentCount < 2) offsets.push(await appendTo(log, { valueBytes: 100 }));
  const base = offsets.at(-1)!;
  for (let n = 0; n < 3; n++) await appendTo(log, { valueBytes: 100 });
  await finished((done) => log.truncateTo(base, done));
  assert.deepEqual([log.logEndOffset, log.segmentCount], [base, 2]);
  for (let n = 0; n < 3; n++) await appendTo(log, { valueBytes: 100 });
  await finished((done) => log.close(done));
  const files = partitionFilesOf(disk.contents(), 'topic-0');
  checkPartitionFiles(files, { isClosed: true, indexIntervalBytes: config.indexIntervalBytes });
});

test('a first batch larger than asked for is read whole', async () => {
  const log = await openTestLog(new SimulatedDisk(), logFixture());
  await appendTo(log, { valueBytes: 9000 });
  await appendTo(log);
  const answer = await readFrom(log, 0, 100);
  assert.ok(answer !== 'out-of-range');
  assert.equal(answer.nextOffset, 1);
  assert.ok(answer.bytes.length > 9000);
});

test('a failed write is answered with the failure and takes the directory offline', async () => {
  let failing = false;
  const disk = new SimulatedDisk({
    fault: (operation) => (failing && operation.kind === 'write' ? { code: 'ENOSPC', writtenBytes: 20 } : null),
  });
  const log = await openTestLog(disk, logFixture());
  await appendTo(log);
  const sizeBytes = disk.contents()['topic-0/00000000000000000000.log'].length;
  failing = true;
  await assert.rejects(appendTo(log), { code: 'ENOSPC' });
  assert.equal(log.logEndOffset, 1);
  assert.equal(disk.isOnline(), false);
  assert.equal(disk.contents()['topic-0/00000000000000000000.log'].length, sizeBytes);
  await assert.rejects(appendTo(log), { code: 'ENOSPC' });
});
