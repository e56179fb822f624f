import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRound, runTarget, shareOut } from './support/runner.ts';
import { type FuzzTarget, pickWeighted } from './support/target.ts';

/** Fails for about one number in 500, and keeps what it saw. */
function planted(seen: number[]): FuzzTarget {
  return {
    name: 'planted',
    weight: 1,
    casesPerRound: 100,
    begin: () => ({
      run: (random) => {
        const number = random.below(500);
        seen.push(number);
        if (number === 13) throw new Error('unlucky');
        return { decoded: number % 2 === 0 };
      },
    }),
  };
}

test('a planted fault is found, and its command brings the same cases again', async () => {
  const seen: number[] = [];
  const { failures, cases, decoded } = await runTarget(planted(seen), { seed: 5, cases: 5000, mostFailures: 1 });
  assert.equal(failures.length, 1);
  assert.equal(cases, seen.length);
  assert.equal(decoded, seen.filter((number) => number % 2 === 0).length);
  const command = /replay: node test\/fuzz\/run\.ts --target planted --seed 5 --round (\d+) --cases (\d+)/.exec(
    failures[0]!,
  );
  assert.ok(command !== null, failures[0]);
  const [round, count] = [Number(command[1]), Number(command[2])];
  const again: number[] = [];
  const outcome = await runRound(planted(again), 5, round, count);
  assert.match(String(outcome.failure), /unlucky/);
  assert.deepEqual(again, seen.slice(-count));
});

test('every target gets its part, and every kind its weight', () => {
  const targets = [{ ...planted([]), weight: 3 }, planted([])];
  assert.deepEqual([...shareOut(targets, 1000).values()], [750, 250]);
  const random = { below: (bound: number) => bound - 1 };
  assert.equal(pickWeighted(random as never, { first: 3, last: 1 }), 'last');
});
