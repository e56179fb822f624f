import { assert } from '../base/assert.ts';
import type { ThreadIndex } from '../base/brands.ts';
import { limits } from '../base/limits.ts';
import { budgetUnitBytes, type IngressMemory } from '../net/ingress-memory.ts';
import { type Arena, arenaClass } from '../ring/arena.ts';
import type { Metrics } from './metrics.ts';
import type { ShardStats } from './shard-stats.ts';
import type { Waiters } from './waiters.ts';

/**
 * Request bytes outside the arenas, over all threads of the process, in one shared word (KiB), and each shard's part of
 * them, which ends with it.
 */
export class HeapBudget {
  private readonly words: Int32Array;
  private readonly own: number;
  private readonly limitKib: number;

  constructor(words: SharedArrayBuffer, shard: ThreadIndex, limitBytes: number) {
    this.words = new Int32Array(words);
    this.own = 1 + shard;
    this.limitKib = Math.ceil(limitBytes / budgetUnitBytes);
  }

  static allocate(shards: number): SharedArrayBuffer {
    return new SharedArrayBuffer((shards + 1) * 4);
  }

  /** The shard died, and what it held is free. */
  static forget(buffer: SharedArrayBuffer, shard: ThreadIndex): void {
    const words = new Int32Array(buffer);
    Atomics.sub(words, 0, Atomics.exchange(words, 1 + shard, 0));
  }

  /** Of this shard. */
  get ownBytes(): number {
    return Atomics.load(this.words, this.own) * budgetUnitBytes;
  }

  stats(): Pick<ShardStats, 'heapBytes' | 'heapBytesOfAll'> {
    return { heapBytes: this.ownBytes, heapBytesOfAll: Atomics.load(this.words, 0) * budgetUnitBytes };
  }

  /** Granted while anything is left, so that one request larger than the budget can still pass. */
  reserve(bytes: number): boolean {
    const kib = Math.ceil(bytes / budgetUnitBytes);
    // What is refused is not counted for a moment, in which another shard would be refused too.
    for (let taken = Atomics.load(this.words, 0); taken < this.limitKib; ) {
      const found = Atomics.compareExchange(this.words, 0, taken, taken + kib);
      if (found === taken) {
        Atomics.add(this.words, this.own, kib);
        return true;
      }
      taken = found;
    }
    return false;
  }

  release(bytes: number): void {
    const kib = Math.ceil(bytes / budgetUnitBytes);
    Atomics.sub(this.words, this.own, kib);
    Atomics.sub(this.words, 0, kib);
  }
}

/** The arena of a shard as its connections receive into it. */
export class ShardIngress implements IngressMemory {
  readonly bytes: Uint8Array;
  readonly landingStart: number;
  readonly landingBytes: number = limits.sharedLandingBytes;
  readonly largestChunkBytes: number;
  private readonly arena: Arena;
  private readonly self: ThreadIndex;
  private readonly budget: HeapBudget;
  private readonly metrics: Metrics;
  private readonly waiters: Waiters;

  constructor(arena: Arena, self: ThreadIndex, budget: HeapBudget, metrics: Metrics, waiters: Waiters) {
    this.waiters = waiters;
    this.arena = arena;
    this.self = self;
    this.budget = budget;
    this.metrics = metrics;
    this.bytes = arena.bytes;
    this.largestChunkBytes = arena.description.largestBytes;
    const landing = arena.alloc(limits.sharedLandingBytes, arenaClass.ingress);
    assert(landing !== -1, 'ingress: no room for the landing place');
    this.landingStart = arena.offsetOf(landing);
  }

  allocate(minBytes: number): number {
    return this.arena.alloc(minBytes, arenaClass.ingress);
  }

  hold(chunk: number): void {
    this.arena.hold(chunk, this.self);
  }

  release(chunk: number): void {
    this.arena.release(chunk, this.self);
    this.waiters.freed();
  }

  isSole(chunk: number): boolean {
    return this.arena.countOf(chunk) === 1;
  }

  startOf(chunk: number): number {
    return this.arena.offsetOf(chunk);
  }

  sizeOf(chunk: number): number {
    return this.arena.sizeOf(chunk);
  }

  reserveHeap(bytes: number): boolean {
    return this.budget.reserve(bytes);
  }

  unreserveHeap(bytes: number): void {
    this.budget.release(bytes);
    this.waiters.freed();
  }

  whenFreed(retry: () => void): void {
    this.waiters.add(retry);
  }

  countCopied(bytes: number): void {
    this.metrics.add('copiedProduceBytes', bytes);
  }
}
