import { assert } from '../base/assert.ts';
import { chunkRef } from './layout.ts';

/**
 * Counts by (chunk, holder), kept by the owner alone. A chunk is known by the index of its first smallest unit, so the
 * tables are sparse where chunks are large, and the pages between are never touched.
 */
export class ChunkCounts {
  /** Over all chunks and holders. */
  held = 0;
  private readonly holders: number;
  private readonly counts: Int32Array;
  private readonly totals: Int32Array;
  private readonly generations: Int16Array;

  constructor(chunks: number, holders: number) {
    assert(holders >= 1, 'arena: there must be a holder');
    this.holders = holders;
    this.counts = new Int32Array(chunks * holders);
    this.totals = new Int32Array(chunks);
    this.generations = new Int16Array(chunks);
  }

  /** The ref of a chunk just allocated, with one count of `holder`'s. */
  first(index: number, holder: number): number {
    assert(this.totals[index] === 0, 'arena: a chunk on the free list is held');
    this.totals[index] = 1;
    this.counts[index * this.holders + holder] = 1;
    this.held++;
    return (this.generations[index] << chunkRef.indexBits) | index;
  }

  hold(ref: number, holder: number, n: number): void {
    this.assertLive(ref);
    assert(n > 0 && holder >= 0 && holder < this.holders, 'arena: no such holder');
    const index = ref & chunkRef.indexMask;
    this.counts[index * this.holders + holder] += n;
    this.totals[index] += n;
    this.held += n;
  }

  /** True: that was the last count, and the chunk is to be freed. */
  release(ref: number, holder: number, n: number): boolean {
    this.assertLive(ref);
    const index = ref & chunkRef.indexMask;
    const at = index * this.holders + holder;
    assert(n > 0 && holder >= 0 && holder < this.holders, 'arena: no such holder');
    assert(this.counts[at] >= n, 'arena: a holder gave back more than it held');
    this.counts[at] -= n;
    return this.lower(index, n);
  }

  /** Drops whatever `holder` holds of the chunk. True: free it. */
  sweep(index: number, holder: number): boolean {
    const at = index * this.holders + holder;
    const n = this.counts[at];
    if (n === 0) return false;
    this.counts[at] = 0;
    return this.lower(index, n);
  }

  totalOf(ref: number): number {
    this.assertLive(ref);
    return this.totals[ref & chunkRef.indexMask];
  }

  assertLive(ref: number): void {
    const index = ref & chunkRef.indexMask;
    assert(
      ref >= 0 && this.totals[index] > 0 && this.generations[index] === ref >>> chunkRef.indexBits,
      'arena: the chunk was freed, or never was',
    );
  }

  private lower(index: number, n: number): boolean {
    this.totals[index] -= n;
    this.held -= n;
    if (this.totals[index] > 0) return false;
    this.generations[index] = (this.generations[index] + 1) & chunkRef.generationMask;
    return true;
  }
}
