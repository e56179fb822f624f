import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPartitionFiles } from '../../../support/check-partition-files.ts';
import { appendTo, finished, logFixture, openTestLog } from '../../../support/log-fixture.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

const config = { segmentBytes: 1000, indexIntervalBytes: 100 };

test('a power cut after a clean close takes nothing of the indexes', async () => {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, logFixture(), { config });
  for (let i = 0; i < 12; i++) await appendTo(log, { valueBytes: 80, timestampMs: 1_000_100 - (i % 5) });
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  const files = Object.entries(disk.crash({ survives: () => false }).contents());
  const inLog = new Map(files.map(([path, bytes]) => [path.slice('topic-0/'.length), bytes]));
  const checked = checkPartitionFiles(inLog, { isClosed: true, indexIntervalBytes: config.indexIntervalBytes });
  assert.equal(checked.endOffset, 12);
  assert.ok(checked.segments > 1);
});

test('a log that was not written to is closed without a sync', async () => {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, logFixture(), { config });
  for (let i = 0; i < 12; i++) await appendTo(log, { valueBytes: 80 });
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  const kinds: string[] = [];
  const second = disk.copy({
    fault: ({ kind }) => {
      kinds.push(kind);
      return null;
    },
  });
  const again = await openTestLog(second, logFixture(), { config });
  await finished((done) => again.close(done));
  assert.ok(kinds.includes('read') && !kinds.includes('sync') && !kinds.includes('syncDirectory'), kinds.join());
});
