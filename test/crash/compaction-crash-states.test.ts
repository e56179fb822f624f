import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import { batchBaseOffset, batchLastOffset } from '../../engine/protocol/records/batch-view.ts';
import { compression } from '../../native-bindings/compression.ts';
import { cleanTestLog, jobsOver } from '../support/cleaning-jobs.ts';
import { batchesOf, CompactionModel, type ModelRecord, recordsIn } from '../support/compaction-model.ts';
import { finished, type LogFixture, logFixture, openTestLog, readFrom } from '../support/log-fixture.ts';
import { type CrashState, crashStates, type Recorded, RecordingDisk } from '../support/recording-disk.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

/**
 * Compaction against power cuts: what cleanings write, rename and remove is recorded, replayed to every state that a crash
 * could leave, and recovered. Each state holds the log as it was before a segment was replaced, or as it was after.
 */
const seed = Number(process.env.MILLRACE_SEED ?? 1);
const deleteRetentionMs = 1000;
const config = {
  cleanupCompact: true,
  cleanupDelete: false,
  segmentBytes: 1200,
  indexIntervalBytes: 150,
  fileDeleteDelayMs: 100,
  deleteRetentionMs,
};

type Start = Parameters<typeof crashStates>[0];

const hasSwap = (files: Start['files']): boolean => Object.keys(files).some((name) => name.endsWith('.swap'));

interface Mark {
  readonly records: readonly ModelRecord[];
}

async function producersOf(log: PartitionLog): Promise<string[]> {
  const entries = [...log.producers.entries()];
  return entries.map(([id, entry]) => `${id} ${entry.epoch} ${entry.lastSequence} ${entry.lastOffset}`).sort();
}

/** What the keys come to that readers of committed records see. */
interface Expected {
  readonly newest: ReadonlyMap<string, string | null>;
  readonly aborted: ReadonlySet<number>;
}

/** The newest record of each key is there; where that deletes the key, it or nothing. */
function checkNewest(records: readonly ModelRecord[], { newest, aborted }: Expected, what: string): void {
  const left = new Map<string, string | null>();
  for (const { key, value, offset } of records) if (key !== null && !aborted.has(offset)) left.set(key, value);
  for (const [key, value] of newest) {
    if (value !== null || left.has(key)) assert.equal(left.get(key), value, `${key}, ${what}`);
  }
}

async function checkReads(log: PartitionLog, batches: readonly Uint8Array[]): Promise<void> {
  for (const [index, batch] of batches.entries()) {
    const answer = await readFrom(log, batchLastOffset(batches[index - 1] ?? batch, 0) + (index > 0 ? 1 : 0), 64);
    assert.ok(answer !== 'out-of-range');
    assert.equal(batchBaseOffset(answer.bytes, 0), batchBaseOffset(batch, 0));
  }
}

function checkNames(disk: SimulatedDisk): void {
  const strays = Object.keys(disk.contents()).filter((name) => /\.(cleaned|swap|deleted|tmp)$/.test(name));
  assert.deepEqual(strays, []);
}

/** A log with several sealed segments, durable. */
async function filledDisk(fixture: LogFixture, random: SeededRandom): Promise<[SimulatedDisk, CompactionModel]> {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, fixture, { config });
  const model = new CompactionModel(random, 12);
  for (let batches = 0; batches < 80; batches++) {
    fixture.clock.advance(10);
    await model.append(log, fixture.clock.nowMs);
  }
  await model.endTransactions(log);
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  return [disk, model];
}

it('each state that a power cut leaves of a cleaning is the log before it, or after', async (t) => {
  const random = new SeededRandom(seed);
  const fixture = logFixture(compression);
  const [filled, model] = await filledDisk(fixture, random);
  const files = filled.contents();
  const start = { files, directories: ['topic-0'] };
  const disk = new RecordingDisk<Mark>(new SimulatedDisk(start));
  const log = await openTestLog(disk, fixture, { config, recoveryPoint: 1 << 20 });
  const { logEndOffset } = log;
  const expected = { newest: model.newest(), aborted: model.abortedOffsets() };
  const versions: ModelRecord[][] = [];
  const mark = async (): Promise<void> => {
    const records = recordsIn(await batchesOf(log));
    versions.push(records);
    disk.mark({ records });
  };
  await mark();
  for (let round = 0; round < 3; round++) {
    const report = await cleanTestLog(log, jobsOver(disk, { afterReplace: mark }), fixture.clock.nowMs);
    assert.equal(report.status, 'cleaned');
    fixture.clock.advance(deleteRetentionMs + 1);
  }
  const producers = await producersOf(log);
  assert.ok(versions.length > 6 && versions.at(-1)!.length < versions[0]!.length / 2, 'segments were replaced');

  let states = 0;
  let unfinished = 0;
  const check = async (state: CrashState<Mark>): Promise<void> => {
    const again = new SimulatedDisk(state.image);
    if (hasSwap(state.image.files)) unfinished++;
    const choices = { cleanShutdown: false, recoveryPoint: random.below(logEndOffset + 1), config };
    const recovered = await openTestLog(again, fixture, choices);
    assert.equal(recovered.logEndOffset, logEndOffset);
    const batches = await batchesOf(recovered);
    const records = recordsIn(batches);
    const { length } = state.marks;
    const known = versions.slice(length - 1, length + 1).map((version) => JSON.stringify(version));
    assert.ok(known.includes(JSON.stringify(records)), `neither before nor after replacement ${length}`);
    checkNewest(records, expected, state.description);
    await checkReads(recovered, batches);
    checkNames(again);
    assert.deepEqual(await producersOf(recovered), producers);
    if (states % 9 !== 0) return;
    const report = await cleanTestLog(recovered, jobsOver(again), fixture.clock.nowMs);
    assert.equal(report.status, 'cleaned', report.detail);
    checkNewest(recordsIn(await batchesOf(recovered)), expected, 'cleaned once more');
  };
  const checkAll = async (from: Start, steps: readonly Recorded<Mark>[], before: readonly Mark[]): Promise<void> => {
    for (const state of crashStates(from, steps, { random, maxDropped: 3, dropsPerStep: 5 })) {
      const marks = [...before, ...state.marks];
      if (marks.length === 0) continue;
      states++;
      try {
        await check({ ...state, marks });
      } catch (error) {
        throw new Error(`seed ${seed}, state ${states}: ${state.description}`, { cause: error });
      }
    }
  };
  await checkAll(start, disk.recorded, []);
  const once = states;
  // And the next process may be cut off while it puts things right.
  let number = 0;
  for (const { image, marks } of crashStates(start, disk.recorded, { random, maxDropped: 3, dropsPerStep: 5 })) {
    if (marks.length === 0 || !hasSwap(image.files) || number++ % 40 !== 0) continue;
    const opening = new RecordingDisk<Mark>(new SimulatedDisk(image));
    await openTestLog(opening, fixture, { cleanShutdown: false, recoveryPoint: logEndOffset, config });
    await checkAll(image, opening.recorded, marks);
  }
  t.diagnostic(`${once} states, ${states - once} of a recovery, ${unfinished} in the middle of a replacement`);
  assert.ok(once > 500 && states - once > 100 && unfinished > 50, `${states} states, ${unfinished} unfinished`);
});
