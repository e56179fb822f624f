import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Throttle } from '../../../../../engine/log/compaction/throttle.ts';
import { ManualClock } from '../../../../support/log-fixture.ts';

/** Time that passes until `bytes` may be followed by more. */
async function waitMs(throttle: Throttle, clock: ManualClock, bytes: number): Promise<number> {
  const startedMs = clock.nowMs;
  for (let wait = throttle.used(bytes); wait !== null; wait = throttle.used(0)) {
    const over = wait.then(() => true);
    while (!(await Promise.race([over, Promise.resolve(false)]))) clock.advance(1);
  }
  return clock.nowMs - startedMs;
}

test('bytes a second are bounded, however they come', async () => {
  const clock = new ManualClock();
  const throttle = new Throttle(clock, 10_000);
  let waited = 0;
  for (let piece = 0; piece < 100; piece++) waited += await waitMs(throttle, clock, 100);
  waited += await waitMs(throttle, clock, 20_000);
  assert.ok(waited >= 2990 && waited <= 3300, `${waited} ms for 30,000 bytes`);
  assert.equal(await waitMs(new Throttle(clock, Number.MAX_VALUE), clock, 1e9), 0);
});
