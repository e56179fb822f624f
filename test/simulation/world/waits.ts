/**
 * The waits of threads for each other, where all are one: who is woken goes on within the promises of the event that
 * woke it, and not when the process's own loop comes to it.
 */
const waiting = new Map<SharedArrayBuffer, Map<number, (() => void)[]>>();

function waitAsync(words: Int32Array<SharedArrayBuffer>, index: number, value: number): object {
  if (Atomics.load(words, index) !== value) return { async: false, value: 'not-equal' };
  const at = words.byteOffset / 4 + index;
  const ofBuffer = waiting.get(words.buffer) ?? new Map<number, (() => void)[]>();
  waiting.set(words.buffer, ofBuffer);
  const woken = new Promise((resolve) => {
    const waiters = ofBuffer.get(at) ?? [];
    ofBuffer.set(at, [...waiters, () => resolve('ok')]);
  });
  return { async: true, value: woken };
}

function notify(words: Int32Array<SharedArrayBuffer>, index: number): number {
  const at = words.byteOffset / 4 + index;
  const waiters = waiting.get(words.buffer)?.get(at) ?? [];
  waiting.get(words.buffer)?.delete(at);
  for (const wake of waiters) wake();
  return waiters.length;
}

/** From now on in this process. */
export function installWaits(): void {
  Object.defineProperty(Atomics, 'waitAsync', { value: waitAsync });
  Object.defineProperty(Atomics, 'notify', { value: notify });
}

/** What a simulation that is over left waiting. */
export function forgetWaits(): void {
  waiting.clear();
}
