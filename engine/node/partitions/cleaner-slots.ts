import type { ThreadIndex } from '../../base/brands.ts';
import { cleanerLimits } from '../../base/limits.ts';

/** The node's bound on cleanings at a time, over all shards: each holds one of these shared words, which names its shard. */
export class CleanerSlots {
  private readonly words: Int32Array;
  private readonly holder: number;

  constructor(buffer: SharedArrayBuffer, shard: ThreadIndex) {
    this.words = new Int32Array(buffer);
    this.holder = shard + 1;
  }

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(cleanerLimits.mostThreads * 4);
  }

  /** The shard died, and its cleanings with it. */
  static forget(buffer: SharedArrayBuffer, shard: ThreadIndex): void {
    const words = new Int32Array(buffer);
    for (let slot = 0; slot < words.length; slot++) Atomics.compareExchange(words, slot, shard + 1, 0);
  }

  /** One of the first `threads`, or -1. */
  take(threads: number): number {
    const most = Math.min(threads, this.words.length);
    for (let slot = 0; slot < most; slot++) {
      if (Atomics.compareExchange(this.words, slot, 0, this.holder) === 0) return slot;
    }
    return -1;
  }

  giveBack(slot: number): void {
    Atomics.compareExchange(this.words, slot, this.holder, 0);
  }
}
