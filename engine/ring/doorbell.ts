import { assert } from '../base/assert.ts';
import { doorbellState, doorbellStrideWords } from './layout.ts';

/** The doorbells of `threads` threads, all awake. */
export function createDoorbells(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(threads * doorbellStrideWords * 4);
}

/**
 * Wakes `thread` if it said that it sleeps. Called after publishing. True if a wake-up was sent (which costs
 * tens of microseconds; a thread that is awake costs one load).
 */
export function ringDoorbell(words: Int32Array, thread: number): boolean {
  const position = thread * doorbellStrideWords;
  if (Atomics.load(words, position) !== doorbellState.asleep) return false;
  // Of several callers one sends the wake-up.
  const before = Atomics.compareExchange(words, position, doorbellState.asleep, doorbellState.awake);
  if (before !== doorbellState.asleep) return false;
  Atomics.notify(words, position, 1);
  return true;
}

export function doorbellPosition(words: Int32Array, thread: number): number {
  assert(thread >= 0 && (thread + 1) * doorbellStrideWords <= words.length, 'doorbell: no such thread');
  return thread * doorbellStrideWords;
}
