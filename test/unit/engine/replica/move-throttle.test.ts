import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MoveThrottle } from '#engine/replica/move-throttle.ts';

test('no more is used than the rate allows, whatever the pieces', () => {
  let rate = 1000;
  const throttle = new MoveThrottle(() => rate);
  let nowMs = 0;
  let usedBytes = 0;
  assert.equal(throttle.waitMs(nowMs), 0);
  while (nowMs < 10_000) {
    const waitMs = throttle.waitMs(nowMs);
    if (waitMs > 0) nowMs += waitMs;
    else {
      throttle.used(700);
      usedBytes += 700;
    }
  }
  assert.ok(usedBytes >= 9_000 && usedBytes <= 12_000, `${usedBytes} bytes in ten seconds`);
  // Raised, it counts at once; at 0 nothing goes.
  rate = 0;
  throttle.used(5000);
  assert.equal(throttle.waitMs(nowMs), Number.POSITIVE_INFINITY);
  rate = 1_000_000;
  assert.ok(throttle.waitMs(nowMs + 1) < 10);
  rate = Number.POSITIVE_INFINITY;
  assert.equal(throttle.waitMs(nowMs + 1), 0);
  throttle.used(1 << 30);
  assert.equal(throttle.waitMs(nowMs + 1), 0);
});

test('what is saved up is a second at most', () => {
  const throttle = new MoveThrottle(() => 1000);
  throttle.waitMs(0);
  throttle.waitMs(3_600_000);
  throttle.used(1001);
  assert.ok(throttle.waitMs(3_600_000) > 0);
});
