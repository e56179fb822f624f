import { setTimeout as sleep } from 'node:timers/promises';

/** How long a test waits for what is to come: far more than it takes on the slowest machine. */
export const patienceMs = 120_000;

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, what = String(isSo)): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAtMs) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await sleep(10);
  }
}
