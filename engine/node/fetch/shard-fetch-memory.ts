import type { ThreadIndex } from '../../base/brands.ts';
import { limits } from '../../base/limits.ts';
import type { FetchMemory } from '../../replica/fetch-group.ts';
import { type Arena, arenaClass } from '../../ring/arena.ts';
import type { HeapBudget } from '../shard-ingress.ts';
import type { Waiters } from '../waiters.ts';

/** Names of blocks on the heap go down from here; above are chunks, none, and the oversize region. */
const firstHeapBlock = -3;

/**
 * Chunks of a shard's arena that records are read into for clients. A batch larger than any chunk is read into a block on
 * the heap, of the node-wide budget for such.
 */
export class ShardFetchMemory implements FetchMemory {
  readonly largestChunkBytes: number;
  readonly largestBatchBytes = limits.oversizeBytes;
  private readonly arena: Arena;
  private readonly self: ThreadIndex;
  private readonly waiters: Waiters;
  private readonly budget: HeapBudget;
  private readonly heap = new Map<number, Uint8Array>();
  private nextHeapBlock = firstHeapBlock;

  constructor(arena: Arena, self: ThreadIndex, budget: HeapBudget, waiters: Waiters) {
    this.waiters = waiters;
    this.budget = budget;
    this.arena = arena;
    this.self = self;
    this.largestChunkBytes = arena.description.largestBytes;
  }

  allocate(minBytes: number, isOfFollower: boolean): number {
    if (minBytes > this.largestChunkBytes) return this.allocateOnHeap(minBytes);
    const chunk = this.arena.alloc(minBytes, arenaClass.fetch);
    return chunk === -1 && isOfFollower ? this.arena.alloc(minBytes, arenaClass.replication) : chunk;
  }

  view(chunk: number, bytes: number): Uint8Array {
    return chunk <= firstHeapBlock ? this.heap.get(chunk)!.subarray(0, bytes) : this.arena.view(chunk, 0, bytes);
  }

  release(chunk: number): void {
    if (chunk <= firstHeapBlock) this.releaseHeap(chunk);
    else this.arena.release(chunk, this.self);
    this.waiters.freed();
  }

  /** Whether it lies on the heap, where other threads do not see it. */
  isOnHeap(chunk: number): boolean {
    return chunk <= firstHeapBlock;
  }

  whenFreed(retry: () => void): void {
    this.waiters.add(retry);
  }

  private allocateOnHeap(bytes: number): number {
    if (!this.budget.reserve(bytes)) return -1;
    const block = this.nextHeapBlock;
    this.nextHeapBlock = block > -0x7fffffff ? block - 1 : firstHeapBlock;
    this.heap.set(block, new Uint8Array(bytes));
    return block;
  }

  private releaseHeap(block: number): void {
    this.budget.release(this.heap.get(block)!.length);
    this.heap.delete(block);
  }
}
