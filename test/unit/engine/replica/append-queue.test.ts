import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { Append } from '#engine/replica/append.ts';
import { AppendQueue, type AppendTarget } from '#engine/replica/append-queue.ts';
import type { ReplicaHost } from '#engine/replica/host.ts';
import { compression } from '#native/compression.ts';
import { testBatch } from '../../../support/log-fixture.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
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
