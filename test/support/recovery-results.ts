/** Long runs of the crash tests leave one JSON line each, as benchmarks do. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCommit, describeMachine } from '../../bench/process-stats.ts';

const file = join(import.meta.dirname, '../../results/recovery.jsonl');

type Cleanup = { after(run: () => void | Promise<void>): void };

/** Runs, writes what came of it down, and prints it. A run that fails is not kept: it throws. */
export async function keepRun(name: string, options: object, run: (t: Cleanup) => Promise<object>): Promise<void> {
  const cleanups: (() => void | Promise<void>)[] = [];
  const startedMs = performance.now();
  try {
    const found = await run({ after: (cleanup) => void cleanups.unshift(cleanup) });
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const at = new Date().toISOString();
    const line = JSON.stringify({
      at,
      run: name,
      ...describeCommit(),
      machine: describeMachine(),
      options,
      seconds,
      found,
    });
    appendFileSync(file, `${line}\n`);
    console.log(line);
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}
