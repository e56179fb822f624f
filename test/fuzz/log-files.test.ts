/** Whatever bytes the files of a partition hold, opening and reading them ends in records or in a typed failure. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiskError } from '../../engine/base/disk.ts';
import { LogError } from '../../engine/log/log-error.ts';
import type { OffsetAndTimestamp } from '../../engine/log/offset-lookup.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import type { AbortedTransaction } from '../../engine/log/transaction-index.ts';
import { answered, appendTo, finished, logFixture, openTestLog, readFrom, testMarker } from '../support/log-fixture.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const config = { segmentBytes: 700, indexIntervalBytes: 100 };
const rounds = Number(process.env.MILLRACE_FUZZ_ROUNDS ?? 1500);

async function sampleFiles(): Promise<Record<string, Uint8Array>> {
  const disk = new SimulatedDisk();
  const log = await openTestLog(disk, logFixture(), { config });
  for (let i = 0; i < 12; i++) {
    const producer = { producerId: BigInt(i % 3), producerEpoch: 0, baseSequence: Math.floor(i / 3) };
    await appendTo(log, {
      ...producer,
      isTransactional: true,
      timestampMs: 1_000_000 + i,
      partitionLeaderEpoch: i >> 2,
    });
  }
  for (let i = 0; i < 2; i++) {
    const options = { baseOffset: log.nextOffset, producerId: BigInt(i), producerEpoch: 0, partitionLeaderEpoch: 3 };
    const marker = testMarker('abort', 0, options);
    log.stage(marker, 0, marker.length);
    await finished((done) => log.submit(done));
  }
  await finished((done) => log.flush(done));
  await finished((done) => log.close(done));
  return disk.contents();
}

function damage(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const kind = random.below(5);
  if (kind === 0) return bytes.slice(0, random.below(bytes.length + 1));
  if (kind === 1) {
    const longer = new Uint8Array(bytes.length + 1 + random.below(200));
    if (random.oneIn(2)) random.fill(longer);
    longer.set(bytes);
    return longer;
  }
  const damaged = bytes.slice();
  if (kind === 2) random.fill(damaged);
  else {
    for (let i = 1 + random.below(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.below(damaged.length)] = random.oneIn(2)
        ? [0, 1, 0x7f, 0x80, 0xff][random.below(5)]
        : random.below(256);
    }
  }
  return damaged;
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

test('no bytes on disk make a log throw, hang or read beyond its files', async () => {
  const files = await sampleFiles();
  const names = Object.keys(files);
  let opened = 0;
  for (let seed = 0; seed < rounds; seed++) {
    const random = new SeededRandom(seed);
    const damaged = { ...files };
    for (let i = 1 + random.below(2); i > 0; i--) {
      const name = names[random.below(names.length)];
      damaged[name] = damage(damaged[name], random);
    }
    const choices = { config, cleanShutdown: random.oneIn(2), recoveryPoint: random.below(15) };
    try {
      const log = await openTestLog(new SimulatedDisk({ files: damaged }), logFixture(), choices);
      opened++;
      await use(log);
    } catch (error) {
      const isTyped = error instanceof LogError || error instanceof DiskError;
      if (!isTyped) throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  assert.ok(opened > rounds / 2);
});
