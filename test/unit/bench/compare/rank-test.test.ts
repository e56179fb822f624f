import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankTest, smallestChance } from '../../../../bench/compare/rank-test.ts';
import fc from '../../../support/fast-check.ts';

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test('known chances: samples that do not overlap, that are the same, that touch', () => {
  near(rankTest([1, 2, 3], [4, 5, 6]), 2 / 20);
  near(rankTest([1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14]), 2 / 3432);
  near(rankTest([1, 2, 3], [1, 2, 3]), 1);
  near(rankTest([5, 5, 5], [5, 5, 5]), 1);
  near(rankTest([1, 2, 4], [3, 5, 6]), 4 / 20);
  near(rankTest([1], []), 1);
});

test('the smallest chance is that of samples that do not overlap', () => {
  near(smallestChance(7, 7), 2 / 3432);
  near(smallestChance(1, 1), 1);
});

test('the chance is the share of all ways to deal the values that lie as far apart', () => {
  const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      near(rankTest(a, b), byEnumeration(a, b));
      near(rankTest(a, b), rankTest(b, a));
    }),
  );
});

/** Deals the values in every way. */
function byEnumeration(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const won = (chosen: readonly number[]) => {
    const rest = all.filter((_, index) => !chosen.includes(index));
    const half = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
    const wins = chosen.reduce((sum, one) => sum + rest.reduce((s, other) => s + half(all[one], other), 0), 0);
    return Math.abs(wins - (a.length * b.length) / 2);
  };
  const distance = won(a.map((_, index) => index));
  const ways = subsets(all.length, a.length);
  return ways.filter((chosen) => won(chosen) >= distance - 1e-9).length / ways.length;
}

function subsets(count: number, size: number): number[][] {
  const masks = Array.from({ length: 2 ** count }, (_, mask) => mask);
  const bits = (mask: number) => Array.from({ length: count }, (_, bit) => bit).filter((bit) => mask & (1 << bit));
  return masks.map(bits).filter((chosen) => chosen.length === size);
}
