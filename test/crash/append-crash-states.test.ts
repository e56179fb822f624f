import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import type { AbortedTransaction } from '../../engine/log/transaction-index.ts';
import { batchBaseOffset, batchSizeBytes } from '../../engine/protocol/records/batch-view.ts';
import {
  answered,
  finished,
  type LogFixture,
  logFixture,
  openTestLog,
  readFrom,
  testBatch,
  testMarker,
} from '../support/log-fixture.ts';
import { type CrashState, crashStates, RecordingDisk } from '../support/recording-disk.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

/**
 * The append path against power cuts: appends, rolls, index writes, flushes, producer snapshots and the recovery
 * point's checkpoint are recorded, replayed to every state that a crash could leave, and recovered.
 */
const seed = Number(process.env.MILLRACE_SEED ?? 1);
const checkpointFile = 'recovery-point-offset-checkpoint';
const config = { segmentBytes: 1500, indexIntervalBytes: 150 };

interface Mark {
  /** All below was said to be durable. */
  readonly durableEnd: number;
}

interface Appended {
  readonly bytes: Uint8Array;
  readonly baseOffset: number;
  readonly endOffset: number;
  readonly epoch: number;
  readonly producerId: number;
  readonly lastSequence: number;
  /** What the batch does to its producer's transaction. */
  readonly transaction: 'none' | 'in' | 'commit' | 'abort';
}

class Workload {
  readonly appended: Appended[] = [];
  readonly #random: SeededRandom;
  readonly #sequences = new Map<number, number>();
  readonly #open = new Set<number>();
  #epoch = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Appends a turn's batches, and sometimes flushes and writes the recovery point down. */
  async turn(log: PartitionLog, disk: RecordingDisk<Mark>): Promise<void> {
    if (this.#random.oneIn(12)) this.#epoch++;
    for (let batches = 1 + this.#random.below(3); batches > 0; batches--) this.#stage(log);
    await finished((done) => log.submit(done));
    disk.mark({ durableEnd: log.flushedOffset });
    if (this.#random.oneIn(4)) {
      const end = log.logEndOffset;
      await finished((done) => log.flush(done));
      assert.equal(log.flushedOffset, end);
      disk.mark({ durableEnd: end });
    }
    if (this.#random.oneIn(4)) {
      const bytes = new TextEncoder().encode(String(log.recoveryPoint));
      await finished((done) => disk.replaceFile(checkpointFile, bytes, done));
    }
  }

  #stage(log: PartitionLog): void {
    const baseOffset = log.nextOffset;
    const producerId = this.#random.below(4) - 1;
    const ends = this.#open.has(producerId) && this.#random.oneIn(3);
    const count = ends ? 1 : 1 + this.#random.below(4);
    const isTransactional = producerId === 2;
    const options = { baseOffset, partitionLeaderEpoch: this.#epoch, producerId: BigInt(producerId), isTransactional };
    const sequence = this.#sequences.get(producerId) ?? 0;
    let bytes: Uint8Array;
    let transaction: Appended['transaction'] = isTransactional ? 'in' : 'none';
    if (ends) {
      transaction = this.#random.oneIn(2) ? 'abort' : 'commit';
      bytes = testMarker(transaction, 0, { ...options, producerEpoch: 0 });
      this.#open.delete(producerId);
    } else {
      const producer = producerId < 0 ? {} : { producerEpoch: 0, baseSequence: sequence };
      const timestampMs = 1_000_000 + this.#random.below(1000);
      bytes = testBatch({ ...options, ...producer, count, timestampMs, valueBytes: this.#random.below(200) });
      if (producerId >= 0) this.#sequences.set(producerId, sequence + count);
      if (isTransactional) this.#open.add(producerId);
    }
    log.stage(bytes, 0, bytes.length);
    this.appended.push({
      bytes: Uint8Array.from(bytes),
      baseOffset,
      endOffset: baseOffset + count,
      epoch: this.#epoch,
      producerId,
      lastSequence: sequence + count - 1,
      transaction,
    });
  }
}

async function recovered(state: CrashState<Mark>, fixture: LogFixture): Promise<PartitionLog> {
  const checkpoint = state.image.files[checkpointFile];
  const recoveryPoint = checkpoint === undefined ? 0 : Number(new TextDecoder().decode(checkpoint));
  return openTestLog(new SimulatedDisk(state.image), fixture, { cleanShutdown: false, recoveryPoint, config });
}

/** Every record that is there is one that was appended, in its place, and none that was durable is missing. */
async function checkRecords(log: PartitionLog, state: CrashState<Mark>, appended: readonly Appended[]): Promise<void> {
  const durableEnd = state.marks.at(-1)?.durableEnd ?? 0;
  assert.ok(log.logEndOffset >= durableEnd, `log ends at ${log.logEndOffset}, durable was ${durableEnd}`);
  // Before the first flush the name of the first segment may be lost and that of the second be kept.
  assert.ok(log.logStartOffset === 0 || durableEnd === 0, `log starts at ${log.logStartOffset}`);
  let index = appended.findIndex((batch) => batch.baseOffset === log.logStartOffset);
  for (let offset = log.logStartOffset; offset < log.logEndOffset; ) {
    const answer = await readFrom(log, offset);
    assert.ok(answer !== 'out-of-range' && answer.nextOffset > offset, `nothing at ${offset}`);
    for (let at = 0; at < answer.bytes.length; ) {
      const size = batchSizeBytes(answer.bytes, at);
      assert.ok(
        Buffer.from(appended[index]!.bytes).equals(answer.bytes.subarray(at, at + size)),
        `not what was at ${offset}`,
      );
      offset = appended[index++]!.endOffset;
      at += size;
    }
    assert.equal(answer.nextOffset, offset);
  }
}

/** Each offset is found by way of the indexes, with small reads, and so is its epoch. */
async function checkIndexes(log: PartitionLog, appended: readonly Appended[]): Promise<void> {
  for (const batch of appended) {
    if (batch.endOffset > log.logEndOffset) return;
    if (batch.baseOffset < log.logStartOffset) continue;
    for (const offset of new Set([batch.baseOffset, batch.endOffset - 1])) {
      const answer = await readFrom(log, offset, 64);
      assert.ok(answer !== 'out-of-range');
      assert.equal(batchBaseOffset(answer.bytes, 0), batch.baseOffset, `offset ${offset}`);
      assert.equal(answer.nextOffset, batch.endOffset);
      assert.equal(log.epochForOffset(offset), batch.epoch, `epoch of ${offset}`);
    }
  }
}

/** Producers and aborted transactions are as the records that are left make them. */
async function checkProducers(log: PartitionLog, appended: readonly Appended[]): Promise<void> {
  const producers = new Map<number, { lastSequence: number; firstOffset: number }>();
  const aborted: [producerId: number, firstOffset: number, lastOffset: number][] = [];
  for (const { endOffset, producerId, transaction, baseOffset, lastSequence } of appended) {
    if (endOffset > log.logEndOffset || producerId < 0) continue;
    const entry = producers.get(producerId) ?? { lastSequence: -1, firstOffset: -1 };
    producers.set(producerId, entry);
    if (transaction === 'abort') aborted.push([producerId, entry.firstOffset, endOffset - 1]);
    if (transaction === 'abort' || transaction === 'commit') entry.firstOffset = -1;
    else entry.lastSequence = lastSequence;
    if (transaction === 'in' && entry.firstOffset < 0) entry.firstOffset = baseOffset;
  }
  const actual = [...log.producers.entries()].map(([producerId, entry]) => {
    return [producerId, { lastSequence: entry.lastSequence, firstOffset: entry.currentTxnFirstOffset }] as const;
  });
  assert.deepEqual(new Map(actual), producers);
  const found = await answered<readonly AbortedTransaction[]>((done) =>
    log.abortedTransactions(0, log.logEndOffset, done),
  );
  assert.deepEqual(
    found.map((transaction) => [Number(transaction.producerId), transaction.firstOffset, transaction.lastOffset]),
    aborted,
  );
}

/** The log goes on where it ended. */
async function checkAppend(log: PartitionLog): Promise<void> {
  const baseOffset = log.nextOffset;
  const bytes = testBatch({ baseOffset, partitionLeaderEpoch: 1000 });
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
  const answer = await readFrom(log, baseOffset, 64);
  assert.ok(answer !== 'out-of-range');
  assert.ok(Buffer.from(bytes).equals(answer.bytes));
}

it('recovers from every state that a power cut leaves', async (t) => {
  const random = new SeededRandom(seed);
  const fixture = logFixture();
  const start = { files: {}, directories: [] };
  const disk = new RecordingDisk<Mark>(new SimulatedDisk(start));
  const workload = new Workload(random);
  const log = await openTestLog(disk, fixture, { config });
  for (let turn = 0; turn < 40; turn++) await workload.turn(log, disk);
  assert.ok(log.segmentCount > 5, `${log.segmentCount} segments`);

  let states = 0;
  let lost = 0;
  for (const state of crashStates(start, disk.recorded, { random, maxDropped: 3, dropsPerStep: 5 })) {
    states++;
    try {
      const again = await recovered(state, fixture);
      await checkRecords(again, state, workload.appended);
      await checkIndexes(again, workload.appended);
      if (again.logStartOffset === 0) await checkProducers(again, workload.appended);
      if (again.logEndOffset < log.logEndOffset) lost++;
      if (states % 7 === 0) await checkAppend(again);
    } catch (error) {
      throw new Error(`seed ${seed}, state ${states}: ${state.description}`, { cause: error });
    }
  }
  t.diagnostic(`${states} states, ${lost} of them without the last records`);
  assert.ok(states >= 1000, `${states} states`);
  assert.ok(lost > states / 10, 'the states are those of crashes');
});
