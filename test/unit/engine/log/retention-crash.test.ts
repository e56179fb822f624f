import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, appendTo, finished, logFixture, openTestLog } from '../../../support/log-fixture.ts';
import { crashStates, RecordingDisk } from '../../../support/recording-disk.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

test('a power cut while retention takes every segment does not take the offset at which the log goes on', async () => {
  const config = { segmentBytes: 400, retentionMs: 1000 };
  const start = { files: {}, directories: [] };
  const disk = new RecordingDisk<true>(new SimulatedDisk(start));
  const log = await openTestLog(disk, logFixture(), { config });
  for (let i = 0; i < 8; i++) await appendTo(log, { valueBytes: 100 });
  await finished((done) => log.flush(done));
  log.setHighWatermark(8);
  disk.mark(true);
  await answered<number>((done) => log.applyRetention(9_000_000, done));
  assert.equal(log.logStartOffset, 8);
  const choices = { random: new SeededRandom(1), maxDropped: 3, dropsPerStep: 50, allSubsetsUpTo: 10 };
  let states = 0;
  for (const state of crashStates(start, disk.recorded, choices)) {
    if (state.marks.length === 0) continue;
    states++;
    const again = await openTestLog(new SimulatedDisk(state.image), logFixture(), { config, cleanShutdown: false });
    assert.equal(again.logEndOffset, 8, state.description);
  }
  assert.ok(states > 50, `${states} states`);
});
