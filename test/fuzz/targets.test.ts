/** A few thousand cases of every target, the same each time; `node test/fuzz/run.ts` runs as many as one wants. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTarget, shareOut } from './support/runner.ts';
import { fuzzTargets } from './targets/all.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 7);
const cases = Number(process.env.MILLRACE_FUZZ_CASES ?? 6000);

for (const [target, wanted] of shareOut(fuzzTargets, cases)) {
  test(`hostile ${target.name} end in answers or typed errors, and nothing is left behind`, async () => {
    const { failures, decoded } = await runTarget(target, { seed, cases: wanted, mostFailures: 1 });
    assert.deepEqual(failures, []);
    assert.ok(decoded >= wanted / 3, `only ${decoded} of ${wanted} could be read`);
  });
}
