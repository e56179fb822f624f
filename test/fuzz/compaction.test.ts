/** Cleanings of logs whose batches have good checksums and say anything else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchHeaderBytes, batchLayout } from '../../engine/protocol/batch-layout.ts';
import { batchSizeBytes, sealBatch } from '../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { cleanTestLog, jobsOver } from '../support/cleaning-jobs.ts';
import { CompactionModel } from '../support/compaction-model.ts';
import { finished, logFixture, openTestLog } from '../support/log-fixture.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const config = { cleanupCompact: true, cleanupDelete: false, segmentBytes: 1500, indexIntervalBytes: 200 };
const runs = Number(process.env.MILLRACE_FUZZ_RUNS ?? 400);

/** Where the batches of a segment begin. */
function batchStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 0; at + batchHeaderBytes <= bytes.length; at += batchSizeBytes(bytes, at)) starts.push(at);
  return starts;
}

/** Changes a few bytes of a few batches, sizes excepted, and makes their checksums good again. */
function spoil(bytes: Uint8Array, random: SeededRandom): void {
  const starts = batchStarts(bytes);
  for (let batches = 1 + random.below(3); batches > 0; batches--) {
    const at = starts[random.below(starts.length)]!;
    const size = batchSizeBytes(bytes, at);
    for (let changes = 1 + random.below(4); changes > 0; changes--) {
      const from = random.oneIn(2) ? batchLayout.attributes : batchHeaderBytes;
      const position =
        at + from + random.below(Math.max(1, Math.min(size, from === batchHeaderBytes ? size : 61) - from));
      bytes[position] = random.oneIn(2) ? [0, 0x7f, 0x80, 0xff][random.below(4)]! : random.below(256);
    }
    sealBatch(bytes, at, checksum);
  }
}

async function filledFiles(random: SeededRandom): Promise<Readonly<Record<string, Uint8Array>>> {
  const fixture = logFixture(compression);
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, fixture, { config });
  const model = new CompactionModel(random, 10);
  for (let batches = 0; batches < 60; batches++) await model.append(log, 1_000_000 + batches);
  await model.endTransactions(log);
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  return disk.contents();
}

test('whatever batches say, a cleaning ends, and says how', async () => {
  const filled = await filledFiles(new SeededRandom(1));
  const names = Object.keys(filled).filter((name) => name.endsWith('.log'));
  const statuses = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const random = new SeededRandom(run);
    const files = Object.fromEntries(Object.entries(filled).map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
    spoil(files[names[random.below(names.length - 1)]!]!, random);
    const disk = new SimulatedDisk({ files });
    const fixture = logFixture(compression);
    const log = await openTestLog(disk, fixture, { config, recoveryPoint: 1 << 20, highWatermark: 1 << 20 });
    const { status, detail } = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    assert.ok(
      status === 'cleaned' || status === 'corrupt' || status === 'too-large',
      `seed ${run}: ${status}, ${detail}`,
    );
    const strays = Object.keys(disk.contents()).filter((name) => /\.(cleaned|swap)$/.test(name));
    assert.deepEqual(strays, [], `seed ${run}`);
    // What was written anew can be read, and cleaned once more.
    if (status !== 'cleaned') continue;
    const again = await cleanTestLog(log, jobsOver(disk), fixture.clock.nowMs + 1e12);
    assert.equal(again.status, 'cleaned', `seed ${run}: ${again.detail}`);
  }
  assert.ok((statuses.get('cleaned') ?? 0) > 20 && (statuses.get('corrupt') ?? 0) > 20, JSON.stringify([...statuses]));
});
