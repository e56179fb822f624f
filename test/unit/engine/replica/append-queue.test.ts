import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compressionCodec } from '#engine/base/codec.ts';
import { batchLimits } from '#engine/base/limits.ts';
import { plainRecordWalk } from '#engine/log/validation/walk-records.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { Append } from '#engine/replica/append.ts';
import { AppendQueue, type AppendTarget } from '#engine/replica/append-queue.ts';
import type { ReplicaHost } from '#engine/replica/host.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import { testBatch } from '../../../support/log-fixture.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { builderWith, plainRecords } from '../../../support/record-samples.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';
import { validationConfig } from '../../../support/validation-config.ts';

test('a check that throws costs its batch, and the next one is taken', () => {
  const logger = new MemoryLogger();
  const checksum = {
    crc32c: (): number => {
      throw new RangeError('a fault of ours');
    },
  };
  const host = { clock: new SteppedClock(), checksum, compression, logger } as unknown as ReplicaHost;
  const target = { validation: validationConfig({}), mayAppend: () => 0 } as unknown as AppendTarget;
  const queue = new AppendQueue(target, host);
  const answers: unknown[] = [];
  const sink = {
    appended: (tag: number, code: number, _baseOffset: number, _timeMs: number, detail?: { message: string | null }) =>
      answers.push([tag, code, detail?.message]),
  };
  for (const tag of [1, 2]) {
    const batch = testBatch();
    queue.push(new Append(batch, 0, batch.length, -1, sink, tag));
  }
  const refused = (tag: number) => [tag, errorCode.UNKNOWN_SERVER_ERROR, 'The batch could not be checked.'];
  assert.deepEqual(answers, [refused(1), refused(2)]);
  assert.deepEqual(
    logger.lines.map(({ level, message }) => [level, message]),
    Array.from({ length: 2 }, () => ['error', 'the check of a batch failed unexpectedly']),
  );
  assert.equal(queue.isIdle, true);
});

test('what one turn inflates is bounded: batches beyond go to the background, other turns begin anew', async () => {
  const batch = await builderWith(plainRecords(8, 60_000)).buildCompressed(checksum, compression, compressionCodec.lz4);
  const inflatedBytes = 8 * 60_000;
  let here = 0;
  let away = 0;
  const log = { checkProducer: () => 'ok', nextOffset: 0, stage: () => here++, submit: () => undefined };
  const host = {
    clock: { wallMs: () => Date.now() },
    checksum,
    compression,
    recordWalk: plainRecordWalk,
    logger: new MemoryLogger(),
    jobs: { checkCompressed: () => away++ },
    needsSubmit: () => undefined,
  } as unknown as ReplicaHost;
  const target = {
    log,
    leaderEpoch: 0,
    validation: validationConfig({}),
    mayAppend: () => 0,
    countAppended: () => undefined,
  } as unknown as AppendTarget;
  const push = (): AppendQueue => {
    const queue = new AppendQueue(target, host);
    queue.push(new Append(batch.slice(), 0, batch.length, -1, { appended: () => assert.fail('rejected') }, 0));
    return queue;
  };
  push().submit();
  here = 0;
  const wanted = Math.floor(batchLimits.inflatedBytesPerTurn / inflatedBytes) + 1;
  const queues = Array.from({ length: wanted + 5 }, push);
  assert.deepEqual([here, away], [wanted, 5]);
  queues[0]!.submit();
  push();
  assert.deepEqual([here, away], [wanted + 1, 5]);
});
