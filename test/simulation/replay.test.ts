import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from './simulate.ts';

test('a seed is one run: what happens, and when, is the same each time', async () => {
  for (const seed of [3, 14, 159]) {
    const first = await simulate({ seed });
    const second = await simulate({ seed });
    assert.equal(second.sum, first.sum);
    assert.equal(second.events, first.events);
    assert.ok(first.events > 1_000);
  }
});

test('a run without its faults is another run', async () => {
  const whole = await simulate({ seed: 5 });
  assert.ok(whole.plan.length > 0);
  const calm = await simulate({ seed: 5, without: new Set(whole.plan.map(({ number }) => number)) });
  assert.notEqual(calm.sum, whole.sum);
  assert.equal(calm.failure, null);
});
