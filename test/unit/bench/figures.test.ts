import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ratio, show, spread } from '../../../bench/figures.ts';

test('median and quartiles', () => {
  assert.deepEqual(spread([5, 1, 3]), { median: 3, low: 2, high: 4, rounds: 3 });
  assert.deepEqual(spread([7]), { median: 7, low: 7, high: 7, rounds: 1 });
});

test('a ratio is that of the medians, its spread that of opposite quartiles', () => {
  const ours = { median: 8, low: 6, high: 10, rounds: 3 };
  const other = { median: 4, low: 2, high: 5, rounds: 3 };
  assert.deepEqual(ratio(ours, other), { median: 2, low: 1.2, high: 5 });
});

test('figures are shown with three digits', () => {
  assert.deepEqual([1234.56, 12.345, 0.012345, 0, Number.NaN].map(show), ['1,235', '12.3', '0.0123', '0', '-']);
});
