import { limits } from '../base/limits.ts';
import type { Link } from './mesh.ts';

/** In place of a chunk: the bytes lie in the sending thread's oversize region. */
export const oversizeChunk = -2;

/** Shared memory that grows to the largest batch that was ever too large for a chunk; most threads never touch it. */
export function allocateOversize(): SharedArrayBuffer {
  return new SharedArrayBuffer(0, { maxByteLength: limits.oversizeBytes });
}

/**
 * Takes one batch at a time that is larger than any chunk to another thread, which copies it out at once and says so.
 * Batches beyond the largest chunk are rare: that they cost two copies and wait for each other matters less than that
 * arenas need no larger slabs for them.
 */
export class OversizeRegion {
  private readonly buffer: SharedArrayBuffer;
  private takenFor: Link | undefined;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
  }

  get isFree(): boolean {
    return this.takenFor === undefined || this.takenFor.isDead;
  }

  /** For a thread that is told so by a descriptor next. The region must be free. */
  put(link: Link, bytes: Uint8Array): void {
    this.takenFor = link;
    if (this.buffer.byteLength < bytes.length) this.buffer.grow(bytes.length);
    new Uint8Array(this.buffer).set(bytes);
  }

  /** The thread has copied the batch out. */
  taken(link: Link): void {
    if (this.takenFor === link) this.takenFor = undefined;
  }
}
