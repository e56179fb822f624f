import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** What worlds that are over held is given back now, and not when the heap is full. */
export function collectGarbage(): void {
  gc();
}

/** Memory that is held after all garbage is collected: of the heap and, outside of it, of buffers. */
export async function heldBytes(): Promise<number> {
  for (let n = 0; n < 3; n++) {
    gc();
    await sleep(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
