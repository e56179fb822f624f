import assert from 'node:assert/strict';
import { describeFailure, range, runSeeds } from './run-seeds.ts';

/** Fails with the command that shows the first failure again; says how often each fault and rare path was met. */
export async function assertSeedsHold(
  t: { diagnostic(message: string): void },
  from: number,
  to: number,
  withData = false,
): Promise<void> {
  const { failures, missing, coverage } = await runSeeds(range(from, to), () => {}, { withData });
  for (const line of coverage.table().split('\n')) t.diagnostic(line);
  const numbers = failures.map(({ seed }) => seed).join(', ');
  assert.equal(failures.length, 0, failures.length === 0 ? '' : `seeds ${numbers}\n${describeFailure(failures[0]!)}`);
  assert.deepEqual(missing, [], 'faults and paths that no seed has shown');
}
