/** Whatever bytes the files of a partition hold, opening and reading them ends in records or in a typed failure. */
import assert from 'node:assert/strict';
import { DiskError } from '#engine/base/disk.ts';
import { LogError } from '#engine/log/log-error.ts';
import type { OffsetAndTimestamp } from '#engine/log/offset-lookup.ts';
import type { PartitionLog } from '#engine/log/partition-log.ts';
import type { AbortedTransaction } from '#engine/log/transaction-index.ts';
import {
  answered,
  appendTo,
  finished,
  logFixture,
  openTestLog,
  readFrom,
  testMarker,
} from '../../support/log-fixture.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { damage } from '../support/damage.ts';
import { type FuzzTarget, pick } from '../support/target.ts';

const config = { segmentBytes: 700, indexIntervalBytes: 100 };
type Files = Readonly<Record<string, Uint8Array>>;

/** Index, time index, transaction index, snapshots, epochs, metadata: all that a partition with transactions has. */
async function sampleFiles(isClosed: boolean): Promise<Files> {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, logFixture(), { config });
  for (let i = 0; i < 12; i++) {
    const producer = { producerId: BigInt(i % 3), producerEpoch: 0, baseSequence: Math.floor(i / 3) };
    const at = { timestampMs: 1_000_000 + i, partitionLeaderEpoch: i >> 2 };
    await appendTo(log, { ...producer, isTransactional: true, ...at });
  }
  for (let i = 0; i < 2; i++) {
    const options = { baseOffset: log.nextOffset, producerId: BigInt(i), producerEpoch: 0, partitionLeaderEpoch: 3 };
    const marker = testMarker('abort', 0, options);
    log.stage(marker, 0, marker.length);
    await finished((done) => log.submit(done));
  }
  await finished((done) => log.flush(done));
  if (isClosed) await finished((done) => log.close(done));
  return disk.contents();
}

async function use(log: PartitionLog): Promise<void> {
  let offset = log.logStartOffset;
  let reads = 0;
  while (offset < log.logEndOffset) {
    assert.ok(++reads < 200, 'reading goes on without end');
    const answer = await readFrom(log, offset, 500);
    if (answer === 'out-of-range' || answer.bytes.length === 0) break;
    assert.ok(answer.nextOffset > offset);
    offset = answer.nextOffset;
  }
  for (const timestampMs of [0, 1_000_005, -3]) {
    await answered<OffsetAndTimestamp>((done) => log.lookUpOffset(timestampMs, done));
  }
  await answered<AbortedTransaction[]>((done) => log.abortedTransactions(log.logStartOffset, log.logEndOffset, done));
  await appendTo(log, { partitionLeaderEpoch: Math.max(0, log.latestEpoch) });
  if (log.logEndOffset - log.logStartOffset > 2) await finished((done) => log.truncateTo(log.logEndOffset - 2, done));
  await finished((done) => log.close(done));
}

let samples: Promise<readonly Files[]> | undefined;

export const logFilesTarget: FuzzTarget = {
  name: 'log-files',
  weight: 6,
  casesPerRound: 1000,
  begin: async () => {
    samples ??= Promise.all([sampleFiles(true), sampleFiles(false)]);
    const all = await samples;
    return {
      run: async (random) => {
        const damaged: Record<string, Uint8Array> = { ...pick(random, all) };
        const names = Object.keys(damaged);
        for (let i = 1 + random.below(2); i > 0; i--) {
          const name = pick(random, names);
          if (random.oneIn(20)) delete damaged[name];
          else damaged[name] = damage(damaged[name] ?? new Uint8Array(0), random);
        }
        const choices = { config, cleanShutdown: random.oneIn(2), recoveryPoint: random.below(15) };
        try {
          const log = await openTestLog(new SimulatedDisk({ files: damaged }), logFixture(), choices);
          await use(log);
          return { decoded: true };
        } catch (error) {
          if (error instanceof LogError || error instanceof DiskError) return { decoded: false };
          throw error;
        }
      },
    };
  },
};
