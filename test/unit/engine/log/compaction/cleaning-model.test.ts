import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchBaseOffset, batchLastOffset } from '../../../../../engine/protocol/records/batch-view.ts';
import { compression } from '../../../../../native-bindings/compression.ts';
import { cleanTestLog, jobsOver, testSettings } from '../../../../support/cleaning-jobs.ts';
import { batchesOf, CompactionModel, recordsIn } from '../../../../support/compaction-model.ts';
import { finished, logFixture, openTestLog, readFrom } from '../../../../support/log-fixture.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 1);
const config = {
  cleanupCompact: true,
  cleanupDelete: false,
  segmentBytes: 1500,
  indexIntervalBytes: 200,
  deleteRetentionMs: 3000,
  fileDeleteDelayMs: 10,
};

/** Each reader is led to the first batch that is left at or after what it asks for. */
async function assertEveryOffsetIsFound(log: Awaited<ReturnType<typeof openTestLog>>, batches: readonly Uint8Array[]) {
  for (let offset = log.logStartOffset; offset < log.logEndOffset; offset++) {
    const expected = batches.find((batch) => batchLastOffset(batch, 0) >= offset);
    const answer = await readFrom(log, offset, 64);
    assert.ok(answer !== 'out-of-range');
    if (expected === undefined) assert.equal(answer.bytes.length, 0);
    else assert.equal(batchBaseOffset(answer.bytes, 0), batchBaseOffset(expected, 0), `offset ${offset}`);
  }
}

async function runModel(random: SeededRandom): Promise<number> {
  const fixture = logFixture(compression);
  const { clock } = fixture;
  const disk = new SimulatedDisk();
  const keys = 3 + random.below(30);
  const model = new CompactionModel(random, keys);
  let log = await openTestLog(disk, fixture, { config });
  let cleanings = 0;
  for (let round = 0; round < 6; round++) {
    for (let left = 10 + random.below(60); left > 0; left--) {
      clock.advance(10 + random.below(100));
      await model.append(log, clock.nowMs);
    }
    if (random.oneIn(2)) await model.endTransactions(log);
    const newest = model.newest();
    // Sometimes the map takes a few keys only.
    const mapBytes = random.oneIn(3) ? 24 * (2 + random.below(8)) : testSettings.mapBytes;
    const settings = { ...testSettings, mapBytes, readBytes: 100 + random.below(3000) };
    let segmentsEnd = 0;
    const request = (asked: Parameters<NonNullable<Parameters<typeof jobsOver>[1]>['request'] & object>[0]) => {
      segmentsEnd = asked.segments.at(-1)?.endOffset ?? 0;
      return asked;
    };
    const bases = disk.contents();
    const report = await cleanTestLog(log, jobsOver(disk, { request }), clock.nowMs, settings);
    assert.equal(report.status, 'cleaned', report.detail);
    assert.equal(log.cleanedOffset, report.cleanedOffset);
    const starts = Object.keys(bases)
      .filter((name) => name.endsWith('.log'))
      .map((name) => Number(name.slice('topic-0/'.length, -4)))
      .sort((a, b) => a - b);
    const end = starts.find((start) => start >= report.cleanedOffset) ?? segmentsEnd;
    const { firstDirtyOffset } = report.plan;
    if (report.bytesRead > 0) {
      cleanings++;
      assert.ok(report.cleanedOffset > firstDirtyOffset || segmentsEnd <= firstDirtyOffset, 'it goes on');
      model.clean(
        firstDirtyOffset,
        report.cleanedOffset,
        Math.min(end, segmentsEnd),
        clock.nowMs,
        config.deleteRetentionMs,
      );
    }
    const batches = await batchesOf(log, 200 + random.below(2000));
    assert.deepEqual(recordsIn(batches), model.records(), `round ${round}`);
    for (const [key, value] of newest) if (value !== null) assert.equal(model.newest().get(key), value, key);
    await assertEveryOffsetIsFound(log, batches);
    log = await checkReopened(log, disk, random);
    clock.advance(random.below(4000));
  }
  return cleanings;

  /** Who opens the log again, from its snapshots or from its batches alone, knows the same of its producers. */
  async function checkReopened(before: typeof log, onDisk: SimulatedDisk, chance: SeededRandom): Promise<typeof log> {
    const known = producersOf(before);
    const { cleanedOffset, logEndOffset } = before;
    await finished((done) => before.close(done));
    if (chance.oneIn(2)) {
      for (const name of Object.keys(onDisk.contents())) {
        if (name.endsWith('.snapshot')) await finished((done) => onDisk.remove(name, done));
      }
    }
    const cleanShutdown = chance.oneIn(2);
    const choices = { config, cleanShutdown, recoveryPoint: chance.below(logEndOffset), cleanedOffset };
    const again = await openTestLog(onDisk, fixture, { ...choices, highWatermark: logEndOffset });
    assert.equal(again.logEndOffset, logEndOffset);
    assert.deepEqual(producersOf(again), known);
    return again;
  }
}

function producersOf(log: Awaited<ReturnType<typeof openTestLog>>): object {
  const known = [...log.producers.entries()].map(([producerId, entry]) => {
    const { epoch, lastSequence, lastOffset, currentTxnFirstOffset } = entry;
    return [String(producerId), { epoch, lastSequence, lastOffset, currentTxnFirstOffset }];
  });
  return Object.fromEntries(known);
}

test('a log that is cleaned again and again holds what a naive model says', async () => {
  let cleanings = 0;
  for (let run = 0; run < 25; run++) {
    const runSeed = seed * 1000 + run;
    try {
      cleanings += await runModel(new SeededRandom(runSeed));
    } catch (error) {
      throw new Error(`seed ${runSeed}`, { cause: error });
    }
  }
  assert.ok(cleanings > 50, `only ${cleanings} cleanings`);
});
