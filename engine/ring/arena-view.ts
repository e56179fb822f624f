import { assert } from '../base/assert.ts';
import type { ArenaDescription, ChunkRef } from './arena.ts';
import { chunkRef, slabUnused } from './layout.ts';

/** Another thread's arena, as a reader sees it: whoever holds a count may look at the chunk. */
export class ArenaView {
  readonly bytes: Uint8Array;
  private readonly smallestBytes: number;
  private readonly unitsPerSlab: number;
  private readonly chunks: number;
  private readonly slabSizes: Int32Array;

  constructor(description: ArenaDescription, view?: (buffer: SharedArrayBuffer) => Uint8Array) {
    const { buffer, slabs, smallestBytes, largestBytes } = description;
    this.bytes = view === undefined ? new Uint8Array(buffer) : view(buffer);
    this.smallestBytes = smallestBytes;
    this.unitsPerSlab = largestBytes / smallestBytes;
    this.chunks = slabs * this.unitsPerSlab;
    this.slabSizes = new Int32Array(buffer, slabs * largestBytes, slabs);
  }

  offsetOf(ref: ChunkRef): number {
    const index = ref & chunkRef.indexMask;
    assert(ref >= 0 && index < this.chunks, 'arena: no such chunk');
    return index * this.smallestBytes;
  }

  sizeOf(ref: ChunkRef): number {
    const index = ref & chunkRef.indexMask;
    assert(ref >= 0 && index < this.chunks, 'arena: no such chunk');
    const size = Atomics.load(this.slabSizes, Math.floor(index / this.unitsPerSlab));
    assert(size !== slabUnused && (index & ((1 << (2 * size)) - 1)) === 0, 'arena: the chunk is not in use');
    return this.smallestBytes << (2 * size);
  }

  view(ref: ChunkRef, from: number, to: number): Uint8Array {
    assert(from >= 0 && from <= to && to <= this.sizeOf(ref), 'arena: view outside its chunk');
    const offset = this.offsetOf(ref);
    return this.bytes.subarray(offset + from, offset + to);
  }
}
