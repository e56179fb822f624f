import { assert } from '../base/assert.ts';
import { type ArenaLimits, assertArenaLimits } from '../base/limits.ts';
import { ChunkCounts } from './chunk-counts.ts';
import { arenaBytes, chunkRef, slabUnused } from './layout.ts';
import { SlabLists } from './slab-lists.ts';

/** Who a chunk is for. `replication` and `control` have slabs that the client classes can never take. */
export const arenaClass = { ingress: 0, fetch: 1, replication: 2, control: 3 } as const;
export type ArenaClass = (typeof arenaClass)[keyof typeof arenaClass];
const classCount = 4;

/** `generation << 20 | index`, never negative; -1 stands for none. */
export type ChunkRef = number;

/** What other threads need to read this arena. */
export interface ArenaDescription {
  readonly buffer: SharedArrayBuffer;
  readonly slabs: number;
  readonly smallestBytes: number;
  readonly largestBytes: number;
}

export interface ArenaOptions extends ArenaLimits {
  /** Threads (and other holders) that counts are kept for: 0 … holders-1. */
  readonly holders: number;
  /** The owner's own number among them. */
  readonly self: number;
  /** Memory made before its owner was: see `allocateArena`. */
  readonly buffer?: SharedArrayBuffer;
  /** Fills freed chunks with 0xDB, so that a reader of freed bytes shows. */
  readonly poison?: boolean;
  /** Makes the view of all bytes: Node's code hands in one that answers a Buffer. */
  readonly view?: (buffer: SharedArrayBuffer) => Uint8Array;
}

export interface ArenaStats {
  readonly slabs: number;
  readonly freeSlabs: number;
  readonly liveChunks: number;
  /** Counts held, over all chunks and holders. */
  readonly heldCounts: number;
  /** By arena class. */
  readonly slabsByClass: readonly number[];
  readonly usedBytesByClass: readonly number[];
}

/** Memory for an arena that another thread will own. Pages are not touched before they are used. */
export function allocateArena(limits: ArenaLimits): ArenaDescription {
  const { slabs, smallestBytes, largestBytes } = limits;
  return { buffer: new SharedArrayBuffer(arenaBytes(slabs, largestBytes)), slabs, smallestBytes, largestBytes };
}

/**
 * The memory that one thread hands out, and that all threads may read and be told to write. Only the owner calls this;
 * others have an ArenaView, and give counts back by descriptor. A slab belongs to one class and is cut into chunks of
 * one size; it goes back to the pool when its last chunk is free. Everything is reused last in first out, so that few
 * pages are ever touched.
 */
export class Arena {
  readonly bytes: Uint8Array;
  readonly description: ArenaDescription;
  private readonly options: ArenaOptions;
  private readonly self: number;
  private readonly smallestBytes: number;
  /** Chunks of the smallest size in a slab. */
  private readonly unitsPerSlab: number;
  private readonly sizes: number;
  private readonly slabSizeShared: Int32Array;
  private readonly lists: SlabLists;
  private readonly counts: ChunkCounts;
  private readonly slabsOf = new Int32Array(classCount);
  private readonly usedBytesOf = new Float64Array(classCount);
  private liveChunks = 0;

  constructor(options: ArenaOptions) {
    assertArenaLimits(options);
    assert(options.self >= 0 && options.self < options.holders, 'arena: the owner must be one of the holders');
    const { slabs, smallestBytes, largestBytes } = options;
    const buffer = options.buffer ?? new SharedArrayBuffer(arenaBytes(slabs, largestBytes));
    assert(buffer.byteLength === arenaBytes(slabs, largestBytes), 'arena: the buffer has another size');
    this.options = options;
    this.self = options.self;
    this.smallestBytes = smallestBytes;
    this.unitsPerSlab = largestBytes / smallestBytes;
    this.sizes = Math.log2(this.unitsPerSlab) / 2 + 1;
    this.description = { buffer, slabs, smallestBytes, largestBytes };
    this.bytes = options.view === undefined ? new Uint8Array(buffer) : options.view(buffer);
    this.slabSizeShared = new Int32Array(buffer, slabs * largestBytes, slabs).fill(slabUnused);
    this.lists = new SlabLists(slabs, this.unitsPerSlab, classCount, this.sizes);
    this.counts = new ChunkCounts(slabs * this.unitsPerSlab, options.holders);
  }

  /**
   * A chunk of at least `minBytes`, with one count of the owner's; -1 if the class can't have one now, or `minBytes` is
   * over the largest chunk.
   */
  alloc(minBytes: number, klass: ArenaClass): ChunkRef {
    const wanted = this.sizeClassOf(minBytes);
    if (wanted < 0) return -1;
    let slab = this.lists.partial(klass, wanted);
    let size = wanted;
    if (slab < 0) {
      slab = this.newSlab(klass, wanted);
      // No slab to be had: a chunk larger than need be, from one that the class has.
      while (slab < 0 && ++size < this.sizes) slab = this.lists.partial(klass, size);
      if (slab < 0) return -1;
    }
    const index = this.lists.take(slab, klass, size);
    this.usedBytesOf[klass] += this.smallestBytes << (2 * size);
    this.liveChunks++;
    return this.counts.first(index, this.self);
  }

  /** Takes `n` more counts for `holder`: before a descriptor, an operation or a write that names the chunk is handed over. */
  hold(ref: ChunkRef, holder: number, n = 1): void {
    this.counts.hold(ref, holder, n);
  }

  /** Gives back `n` counts of `holder`'s. The last one frees the chunk. */
  release(ref: ChunkRef, holder: number, n = 1): void {
    if (this.counts.release(ref, holder, n)) this.free(ref & chunkRef.indexMask);
  }

  /** Releases everything that a dead holder held. Its late descriptors must not be applied afterwards. */
  sweep(holder: number): void {
    for (let slab = 0; slab < this.options.slabs; slab++) {
      if (this.lists.isFree(slab)) continue;
      const units = 1 << (2 * this.lists.sizeOf(slab));
      const base = slab * this.unitsPerSlab;
      for (let index = base; index < base + this.unitsPerSlab; index += units) {
        if (this.counts.sweep(index, holder)) this.free(index);
      }
    }
  }

  /** Byte offset of the chunk in `bytes`. */
  offsetOf(ref: ChunkRef): number {
    assert(ref >= 0, 'arena: no chunk');
    return (ref & chunkRef.indexMask) * this.smallestBytes;
  }

  /** Bytes that the chunk has, which may be more than were asked for. */
  sizeOf(ref: ChunkRef): number {
    assert(ref >= 0, 'arena: no chunk');
    const slab = Math.floor((ref & chunkRef.indexMask) / this.unitsPerSlab);
    return this.smallestBytes << (2 * this.lists.sizeOf(slab));
  }

  /** Bytes [from, to) of the chunk. */
  view(ref: ChunkRef, from: number, to: number): Uint8Array {
    this.counts.assertLive(ref);
    assert(from >= 0 && from <= to && to <= this.sizeOf(ref), 'arena: view outside its chunk');
    const offset = this.offsetOf(ref);
    return this.bytes.subarray(offset + from, offset + to);
  }

  /** Counts on the chunk, of all holders. */
  countOf(ref: ChunkRef): number {
    return this.counts.totalOf(ref);
  }

  /** Bytes that the class could still be given, in chunks of whatever size its slabs are cut into. */
  availableBytes(klass: ArenaClass): number {
    const slabBytes = this.options.largestBytes;
    return (this.grantableSlabs(klass) + this.slabsOf[klass]) * slabBytes - this.usedBytesOf[klass];
  }

  stats(): ArenaStats {
    return {
      slabs: this.options.slabs,
      freeSlabs: this.lists.freeSlabs,
      liveChunks: this.liveChunks,
      heldCounts: this.counts.held,
      slabsByClass: [...this.slabsOf],
      usedBytesByClass: [...this.usedBytesOf],
    };
  }

  private sizeClassOf(minBytes: number): number {
    let bytes = this.smallestBytes;
    let size = 0;
    while (bytes < minBytes) {
      bytes *= 4;
      size++;
    }
    return size < this.sizes ? size : -1;
  }

  /** Free slabs that are not kept back for another class's reserve. */
  private grantableSlabs(klass: number): number {
    let kept = 0;
    for (let other = 0; other < classCount; other++) {
      if (other !== klass) kept += Math.max(0, (this.options.reservedSlabs[other] ?? 0) - this.slabsOf[other]);
    }
    return Math.max(0, this.lists.freeSlabs - kept);
  }

  private newSlab(klass: number, size: number): number {
    if (this.grantableSlabs(klass) === 0) return -1;
    const slab = this.lists.assign(klass, size);
    this.slabsOf[klass]++;
    Atomics.store(this.slabSizeShared, slab, size);
    return slab;
  }

  private free(index: number): void {
    const slab = Math.floor(index / this.unitsPerSlab);
    const klass = this.lists.classOf(slab);
    const bytes = this.smallestBytes << (2 * this.lists.sizeOf(slab));
    this.usedBytesOf[klass] -= bytes;
    this.liveChunks--;
    if (this.options.poison === true) {
      const offset = index * this.smallestBytes;
      this.bytes.fill(0xdb, offset, offset + bytes);
    }
    if (this.lists.give(slab, index)) {
      this.slabsOf[klass]--;
      Atomics.store(this.slabSizeShared, slab, slabUnused);
    }
  }
}
