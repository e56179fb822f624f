/** Power cuts while a log is cut that was durable as a whole: what is left has no hole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchBaseOffset, batchSizeBytes } from '../../engine/protocol/records/batch-view.ts';
import { appendTo, finished, logFixture, openTestLog, readFrom } from '../support/log-fixture.ts';
import { crashStates, RecordingDisk } from '../support/recording-disk.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const config = { segmentBytes: 900, indexIntervalBytes: 200 };

test('a cut that a crash interrupts leaves the log whole up to some point at or beyond the cut', async () => {
  const disk = new RecordingDisk<'cutting'>(new SimulatedDisk());
  const log = await openTestLog(disk, logFixture(), { config });
  while (log.segmentCount < 7) await appendTo(log, { valueBytes: 100 });
  await finished((done) => log.flush(done));
  const { recoveryPoint, logEndOffset } = log;
  const cut = Math.floor(logEndOffset / 3);
  disk.mark('cutting');
  await finished((done) => log.truncateTo(cut, done));
  let states = 0;
  const choices = { maxDropped: 3, dropsPerStep: 60, random: new SeededRandom(1) };
  for (const { image, marks, description } of crashStates({ files: {}, directories: [] }, disk.recorded, choices)) {
    if (marks.length === 0) continue;
    states++;
    const after = new SimulatedDisk(image);
    const again = await openTestLog(after, logFixture(), { cleanShutdown: false, recoveryPoint, config });
    assert.ok(again.logEndOffset >= cut, `${description}: ends at ${again.logEndOffset}`);
    for (let offset = 0; offset < again.logEndOffset; ) {
      const read = await readFrom(again, offset);
      assert.ok(read !== 'out-of-range' && read.nextOffset > offset, `${description}: nothing at ${offset}`);
      // Each batch has one record.
      let next = offset;
      for (let at = 0; at < read.bytes.length; at += batchSizeBytes(read.bytes, at)) {
        assert.equal(batchBaseOffset(read.bytes, at), next, `${description}: a hole`);
        next += 1;
      }
      offset = read.nextOffset;
    }
  }
  assert.ok(states > 30, `${states} states`);
});
