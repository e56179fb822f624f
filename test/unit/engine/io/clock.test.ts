import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../../../engine/io/clock.ts';

it('fires once, later, in the order of the delays, and not after cancel', async () => {
  const fired: string[] = [];
  await new Promise<void>((resolve) => {
    systemClock.schedule(30, resolve);
    systemClock.schedule(10, () => fired.push('b'));
    systemClock.schedule(0, () => fired.push('a'));
    systemClock.schedule(5, () => fired.push('cancelled')).cancel();
    assert.deepEqual(fired, [], 'never inside schedule');
  });
  assert.deepEqual(fired, ['a', 'b']);
});

it('bears delays longer than the timers of Node', async () => {
  let fired = false;
  const timer = systemClock.schedule(2 ** 40, () => {
    fired = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  timer.cancel();
  assert.ok(!fired);
});

it('has a monotonic clock with fractions, and a wall clock in milliseconds', () => {
  const readings = Array.from({ length: 1000 }, () => systemClock.monotonicMs());
  assert.ok(readings.every((reading, index) => index === 0 || reading >= readings[index - 1]!));
  assert.ok(readings.some((reading) => !Number.isInteger(reading)));
  assert.ok(Number.isInteger(systemClock.wallMs()));
});
