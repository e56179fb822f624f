import { assert } from '../base/assert.ts';

const none = -1;

/**
 * Which slab is cut how, and which of its chunks are free. Chunks are named by the index of their first smallest unit.
 * A slab's chunks that were never used lie behind a mark (`fresh`), not on its free list, so cutting a slab touches
 * nothing.
 */
export class SlabLists {
  freeSlabs: number;
  private readonly unitsPerSlab: number;
  private readonly sizes: number;
  /** Stack of slabs that nobody has. */
  private readonly pool: Int32Array;
  private readonly slabClass: Int32Array;
  private readonly slabSize: Int32Array;
  private readonly used: Int32Array;
  private readonly fresh: Int32Array;
  private readonly freeHead: Int32Array;
  /** Next free chunk, by chunk. */
  private readonly nextFree: Int32Array;
  /** Slabs with a free chunk, doubly linked, newest first, by (class, size). */
  private readonly partialHead: Int32Array;
  private readonly nextPartial: Int32Array;
  private readonly previousPartial: Int32Array;

  constructor(slabs: number, unitsPerSlab: number, classes: number, sizes: number) {
    this.unitsPerSlab = unitsPerSlab;
    this.sizes = sizes;
    this.freeSlabs = slabs;
    this.pool = Int32Array.from({ length: slabs }, (_, i) => slabs - 1 - i);
    this.slabClass = new Int32Array(slabs).fill(none);
    this.slabSize = new Int32Array(slabs).fill(none);
    this.used = new Int32Array(slabs);
    this.fresh = new Int32Array(slabs);
    this.freeHead = new Int32Array(slabs).fill(none);
    this.nextFree = new Int32Array(slabs * unitsPerSlab);
    this.partialHead = new Int32Array(classes * sizes).fill(none);
    this.nextPartial = new Int32Array(slabs).fill(none);
    this.previousPartial = new Int32Array(slabs).fill(none);
  }

  isFree(slab: number): boolean {
    return this.slabSize[slab] === none;
  }

  classOf(slab: number): number {
    return this.slabClass[slab];
  }

  sizeOf(slab: number): number {
    return this.slabSize[slab];
  }

  /** A slab of this class and size with a free chunk, or -1. */
  partial(klass: number, size: number): number {
    return this.partialHead[klass * this.sizes + size];
  }

  /** Takes a slab from the pool, which must not be empty. */
  assign(klass: number, size: number): number {
    assert(this.freeSlabs > 0, 'arena: no free slab');
    const slab = this.pool[--this.freeSlabs];
    this.slabClass[slab] = klass;
    this.slabSize[slab] = size;
    this.used[slab] = 0;
    this.fresh[slab] = 0;
    this.freeHead[slab] = none;
    this.link(slab);
    return slab;
  }

  /** A chunk of a slab that has one. */
  take(slab: number, klass: number, size: number): number {
    assert(this.slabClass[slab] === klass && this.slabSize[slab] === size, 'arena: slab of another class');
    let index = this.freeHead[slab];
    if (index !== none) {
      this.freeHead[slab] = this.nextFree[index];
    } else {
      index = slab * this.unitsPerSlab + this.fresh[slab];
      this.fresh[slab] += 1 << (2 * size);
    }
    this.used[slab]++;
    if (this.isFull(slab)) this.unlink(slab);
    return index;
  }

  /** Puts a chunk back. True: the slab is empty and back in the pool. */
  give(slab: number, index: number): boolean {
    const wasFull = this.isFull(slab);
    if (--this.used[slab] === 0) {
      if (!wasFull) this.unlink(slab);
      this.slabClass[slab] = none;
      this.slabSize[slab] = none;
      this.pool[this.freeSlabs++] = slab;
      return true;
    }
    this.nextFree[index] = this.freeHead[slab];
    this.freeHead[slab] = index;
    if (wasFull) this.link(slab);
    return false;
  }

  private isFull(slab: number): boolean {
    return this.freeHead[slab] === none && this.fresh[slab] === this.unitsPerSlab;
  }

  private link(slab: number): void {
    const list = this.slabClass[slab] * this.sizes + this.slabSize[slab];
    const first = this.partialHead[list];
    this.nextPartial[slab] = first;
    this.previousPartial[slab] = none;
    if (first !== none) this.previousPartial[first] = slab;
    this.partialHead[list] = slab;
  }

  private unlink(slab: number): void {
    const list = this.slabClass[slab] * this.sizes + this.slabSize[slab];
    const next = this.nextPartial[slab];
    const previous = this.previousPartial[slab];
    if (previous === none) this.partialHead[list] = next;
    else this.nextPartial[previous] = next;
    if (next !== none) this.previousPartial[next] = previous;
  }
}
