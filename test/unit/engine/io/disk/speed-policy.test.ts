import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SpeedPolicy, type SpeedThresholds } from '../../../../../engine/io/disk/speed-policy.ts';

const thresholds: SpeedThresholds = {
  promoteAfterOperations: 3,
  slowMs: 10,
  bytesPerMs: 1000,
  stallMs: 50,
  slowOperations: 2,
  slowWindowMs: 1000,
  firstQuietMs: 100,
  maxQuietMs: 400,
};

function promoted(nowMs = 0): SpeedPolicy {
  const policy = new SpeedPolicy(thresholds);
  for (let operation = 0; operation < 3; operation++) policy.pooled(1, 0, nowMs);
  assert.ok(policy.isDirect);
  return policy;
}

it('promotes after fast operations in a row, and not before', () => {
  const policy = new SpeedPolicy(thresholds);
  assert.ok(!policy.isDirect);
  for (const durationMs of [1, 1, 10, 1, 1]) policy.pooled(durationMs, 0, 0);
  assert.ok(!policy.isDirect, 'a slow one begins the row again');
  policy.pooled(9.9, 0, 0);
  assert.ok(policy.isDirect);
});

it('grants a transfer time for its bytes', () => {
  const policy = promoted();
  assert.ok(!policy.direct(100, 90_001, 0), 'the bytes explain it');
  assert.ok(!policy.direct(12, 1000, 1), 'slow once');
  assert.ok(policy.direct(11, 0, 2), 'slow twice');
});

it('demotes at once on a stall, and after slow operations close together', () => {
  const stalled = promoted();
  assert.ok(stalled.direct(50, 0, 0));
  assert.ok(!stalled.isDirect);
  const apart = promoted();
  assert.ok(!apart.direct(20, 0, 0));
  assert.ok(!apart.direct(20, 0, 1000));
  assert.ok(apart.direct(20, 0, 1999));
});

it('stays with the pool for longer after each demotion, and while it is slow there', () => {
  const policy = promoted();
  policy.direct(50, 0, 0);
  const fast = (nowMs: number) => {
    for (let operation = 0; operation < 5; operation++) policy.pooled(1, 0, nowMs);
    return policy.isDirect;
  };
  assert.ok(!fast(99));
  policy.pooled(10, 0, 99);
  assert.ok(!fast(198), 'the quiet time began again, twice as long');
  assert.ok(fast(299));
  policy.direct(50, 0, 299);
  assert.ok(!fast(498) && fast(499));
  policy.direct(50, 0, 499);
  assert.ok(!fast(898) && fast(899));
  policy.direct(50, 0, 899);
  assert.ok(!fast(1298) && fast(1299), 'no longer than the longest');
  policy.direct(50, 0, 2000);
  assert.ok(fast(2100), 'it was well for long: the shortest again');
});

it('spares a thread nearly all stalls of a directory that stalls 500 ms every 2 s', () => {
  const policy = new SpeedPolicy();
  let nowMs = 0;
  let blockedMs = 0;
  let stalledMs = 0;
  while (nowMs < 600_000) {
    const inPeriodMs = nowMs % 2000;
    const durationMs = inPeriodMs < 1500 ? 0.05 : 2000 - inPeriodMs;
    if (durationMs > 1) stalledMs += durationMs;
    if (policy.isDirect) {
      if (durationMs > 1) blockedMs += durationMs;
      policy.direct(durationMs, 1000, nowMs + durationMs);
    } else policy.pooled(durationMs, 1000, nowMs + durationMs);
    nowMs += durationMs + 1;
  }
  assert.ok(stalledMs > 100_000);
  assert.ok(blockedMs <= stalledMs / 50, `blocked ${blockedMs} of ${stalledMs} ms`);
});
