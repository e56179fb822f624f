import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreditWindow, slotOf } from '#engine/ring/credits.ts';

test('at most the capacity is outstanding, each in a slot of its own', () => {
  const credits = new CreditWindow(4);
  const tokens = [0, 1, 2, 3].map(() => credits.acquire());
  assert.deepEqual(tokens.map(slotOf).sort(), [0, 1, 2, 3]);
  assert.equal(credits.outstanding, 4);
  assert.equal(credits.acquire(), -1);
  credits.release(tokens[2]);
  assert.equal(slotOf(credits.acquire()), slotOf(tokens[2]), 'the slot used last is used next');
  assert.equal(credits.acquire(), -1);
});

test('a token is good for one release: a slot that was given out again has another generation', () => {
  const credits = new CreditWindow(1);
  const first = credits.acquire();
  credits.release(first);
  const second = credits.acquire();
  assert.notEqual(first, second);
  assert.equal(credits.isCurrent(first), false);
  assert.equal(credits.isCurrent(second), true);
  assert.throws(() => credits.release(first), /released twice/);
  credits.release(second);
  assert.throws(() => credits.release(second), /released twice/);
  assert.equal(credits.isCurrent(1000), false);
});

test('generations wrap without a negative token', () => {
  const credits = new CreditWindow(1);
  const seen = new Set<number>();
  for (let i = 0; i < 40_000; i++) {
    const token = credits.acquire();
    assert.ok(token >= 0);
    seen.add(token);
    credits.release(token);
  }
  assert.equal(seen.size, 32_768);
});

test('what is outstanding at a dead peer can be visited and released', () => {
  const credits = new CreditWindow(8);
  const tokens = Array.from({ length: 5 }, () => credits.acquire());
  credits.release(tokens[1]);
  const failed: number[] = [];
  credits.forEachOutstanding((token) => {
    failed.push(token);
    credits.release(token);
  });
  assert.deepEqual(failed.sort(), [tokens[0], tokens[2], tokens[3], tokens[4]].sort());
  assert.equal(credits.outstanding, 0);
});
