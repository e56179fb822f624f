/**
 * Power cuts in the middle of everything that is kept on disk. A normal run looks at a sample of the states that they
 * leave; `node test/crash/run-crash-states.ts` at all.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore, sampled } from './states/crash-life.ts';
import { lives } from './states/lives.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 1);

for (const { name, life } of lives) {
  test(`crash states: ${name}`, async (t) => {
    const { states, killed, steps } = await explore(name, life, seed, sampled);
    t.diagnostic(`${states} states of ${steps} steps, ${killed} more after a kill`);
    assert.ok(states > 100 && killed > 50, `${states} states, ${killed} kills`);
  });
}
