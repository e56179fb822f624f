import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLogConfig, type LogConfig } from '../../../../engine/log/config.ts';
import type { PartitionLog } from '../../../../engine/log/partition-log.ts';
import { batchBaseOffset, batchLastOffset, batchLastSequence } from '../../../../engine/protocol/records/batch-view.ts';
import {
  answered,
  finished,
  type LogFixture,
  logFixture,
  openTestLog,
  testBatch,
} from '../../../support/log-fixture.ts';
import { assertLogIs, LogModel, readAll } from '../../../support/log-model.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';
import { SimulatedDisk, type SimulatedDiskOptions } from '../../../support/simulated-disk.ts';

/** One run: random operations on a log and on a model of it, with the seed that repeats it. */
class Run {
  readonly random: SeededRandom;
  readonly fixture: LogFixture = logFixture();
  readonly model = new LogModel();
  readonly options: SimulatedDiskOptions;
  disk: SimulatedDisk;
  config: Partial<LogConfig> = {};
  log!: PartitionLog;
  epoch = 0;
  readonly sequences = new Map<number, number>();
  readonly trace: string[] = [];

  constructor(seed: number, isDelayed: boolean) {
    this.random = new SeededRandom(seed);
    this.options = isDelayed ? { defer: (_operation, run) => void setImmediate(run) } : {};
    this.disk = new SimulatedDisk(this.options);
  }

  async open(cleanShutdown: boolean, recoveryPoint: number): Promise<void> {
    const { random } = this;
    this.config = {
      segmentBytes: 300 + random.below(3000),
      indexIntervalBytes: random.below(400),
      segmentIndexBytes: random.oneIn(3) ? 40 : 1000,
      retentionMs: 10_000,
    };
    const { logStartOffset } = this.model;
    const choices = { cleanShutdown, recoveryPoint, logStartOffset, highWatermark: 0, config: this.config };
    this.log = await openTestLog(this.disk, this.fixture, choices);
  }

  stageBatches(): void {
    const { random, log, model } = this;
    for (let i = 1 + random.below(4); i > 0; i--) {
      if (random.oneIn(12)) this.epoch += 1 + random.below(2);
      const count = 1 + random.below(4);
      const producer = random.oneIn(2) ? random.below(3) : -1;
      const sequence = producer < 0 ? -1 : (this.sequences.get(producer) ?? 0);
      if (producer >= 0) this.sequences.set(producer, sequence + count);
      const batch = testBatch({
        baseOffset: log.nextOffset,
        partitionLeaderEpoch: this.epoch,
        count,
        valueBytes: random.below(120),
        timestampMs: 1_000_000 + random.below(2000) + this.fixture.clock.nowMs - 1_000_000,
        timestampStepMs: random.below(5),
        producerId: BigInt(producer),
        producerEpoch: producer < 0 ? -1 : 0,
        baseSequence: sequence,
      });
      log.stage(batch, 0, batch.length);
      model.append(batch);
    }
  }

  async step(): Promise<void> {
    const { random, log, model } = this;
    const dice = random.below(100);
    this.trace.push(`${dice} [${model.logStartOffset}, ${model.endOffset})`);
    if (dice < 55) {
      this.stageBatches();
      await finished((done) => log.submit(done));
      if (!random.oneIn(4)) log.setHighWatermark(log.logEndOffset);
    } else if (dice < 65) await finished((done) => log.flush(done));
    else if (dice < 72) await this.retain();
    else if (dice < 76) {
      const offset = model.logStartOffset + random.below(log.logEndOffset - model.logStartOffset + 1);
      log.deleteRecordsBefore(offset);
      model.startAt(log.logStartOffset);
    } else if (dice < 82) {
      const offset = model.logStartOffset + random.below(model.endOffset - model.logStartOffset + 1);
      await finished((done) => log.truncateTo(offset, done));
      model.truncateTo(offset);
    } else if (dice < 83) {
      const offset = random.below(2000);
      await finished((done) => log.truncateFully(offset, done));
      model.truncateFully(offset);
    } else if (dice < 92) await this.reopen();
    else await this.crash();
    if (random.oneIn(3)) await assertLogIs(this.log, model, random);
  }

  async retain(): Promise<void> {
    const { random, log, fixture, model } = this;
    if (random.oneIn(2)) fixture.clock.advance(random.below(4000));
    log.setConfig({ ...fixtureConfig(this.config), retentionBytes: random.oneIn(2) ? random.below(5000) : -1 });
    await answered<number>((done) => log.applyRetention(fixture.clock.nowMs, done));
    model.startAt(log.logStartOffset);
    if (random.oneIn(2)) fixture.clock.advance(60_000);
  }

  async reopen(): Promise<void> {
    const recoveryPoint = this.log.recoveryPoint;
    await finished((done) => this.log.close(done));
    await this.open(true, recoveryPoint);
    this.assertProducers();
  }

  /** A power cut, at times with a write in flight: what was flushed is there, and nothing that was never written. */
  async crash(): Promise<void> {
    const { random, model } = this;
    if (random.oneIn(3)) {
      this.stageBatches();
      this.log.submit(() => {});
    }
    const flushedTo = this.log.flushedOffset;
    const { recoveryPoint } = this.log;
    this.disk = this.disk.crash({ random }, this.options);
    await this.open(false, random.oneIn(2) ? recoveryPoint : random.below(recoveryPoint + 1));
    const found = await readAll(this.log, random);
    for (const batch of model.batches) {
      if (batchLastOffset(batch, 0) >= flushedTo) break;
      const same = found.find((other) => batchBaseOffset(other, 0) === batchBaseOffset(batch, 0));
      assert.deepEqual(same, batch, `flushed batch ${batchBaseOffset(batch, 0)} after a crash`);
    }
    for (const batch of found) {
      const known = model.history.get(batchBaseOffset(batch, 0)) ?? [];
      assert.ok(
        known.some((other) => Buffer.compare(other, batch) === 0),
        'a batch that was never written',
      );
    }
    model.batches = found;
    model.logStartOffset = this.log.logStartOffset;
    model.endOffset = this.log.logEndOffset;
    await assertLogIs(this.log, model, random);
    this.assertProducers();
  }

  assertProducers(): void {
    const newest = new Map<number, Uint8Array>();
    for (const batch of this.model.batches) newest.set(new DataView(batch.buffer).getInt32(47), batch);
    for (const [producer, batch] of newest) {
      if (producer < 0) continue;
      const entry = this.log.producers.entryOf(producer);
      assert.equal(entry?.lastSequence, batchLastSequence(batch, 0), `last sequence of producer ${producer}`);
      assert.equal(entry?.lastOffset, batchLastOffset(batch, 0));
    }
  }
}

function fixtureConfig(config: Partial<LogConfig>): LogConfig {
  return { ...defaultLogConfig, ...config };
}

const seeds = Number(process.env.MILLRACE_LOG_SEEDS ?? 25);
const firstSeed = Number(process.env.MILLRACE_LOG_SEED ?? 1);

for (const isDelayed of [false, true]) {
  test(`random operations agree with a model, completions ${isDelayed ? 'later' : 'at once'}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const run = new Run(seed, isDelayed);
      try {
        await run.open(true, 0);
        for (let i = 0; i < 60; i++) await run.step();
        await assertLogIs(run.log, run.model, run.random);
      } catch (error) {
        throw new Error(`seed ${seed} after ${run.trace.slice(-12).join(', ')}`, { cause: error });
      }
    }
  });
}
