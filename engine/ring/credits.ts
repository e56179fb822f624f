import { assert } from '../base/assert.ts';

const slotBits = 16;
const slotMask = (1 << slotBits) - 1;
const generationMask = (1 << (31 - slotBits)) - 1;

/**
 * The right to have at most `capacity` requests outstanding at one peer. A token (non-negative int32) names a slot and
 * its generation; callers keep what they know of a request in arrays indexed by `slotOf(token)`. A credit stands for
 * one descriptor in the ring to the peer and one completion in the ring back, so it is released when the completion has
 * been read and not before.
 */
export class CreditWindow {
  readonly capacity: number;
  outstanding = 0;
  private readonly generations: Int32Array;
  private readonly taken: Uint8Array;
  /** Free slots, last in first out. */
  private readonly free: Int32Array;

  constructor(capacity: number) {
    assert(capacity >= 1 && capacity <= slotMask, 'credits: capacity out of range');
    this.capacity = capacity;
    this.generations = new Int32Array(capacity);
    this.taken = new Uint8Array(capacity);
    this.free = new Int32Array(capacity);
    for (let i = 0; i < capacity; i++) this.free[i] = capacity - 1 - i;
  }

  /** A token, or -1: everything is outstanding. */
  acquire(): number {
    if (this.outstanding === this.capacity) return -1;
    const slot = this.free[this.capacity - this.outstanding - 1];
    this.outstanding++;
    this.taken[slot] = 1;
    return (this.generations[slot] << slotBits) | slot;
  }

  /** Whether the token is the one that its slot was last given out with, and it has not been released. */
  isCurrent(token: number): boolean {
    const slot = token & slotMask;
    return slot < this.capacity && this.taken[slot] === 1 && this.generations[slot] === token >>> slotBits;
  }

  release(token: number): void {
    assert(this.isCurrent(token), 'credits: a token was released twice, or never given');
    const slot = token & slotMask;
    this.taken[slot] = 0;
    this.generations[slot] = (this.generations[slot] + 1) & generationMask;
    this.outstanding--;
    this.free[this.capacity - this.outstanding - 1] = slot;
  }

  /** Visits what is outstanding: a dead peer's requests are failed by it, each `visit` releasing its token or not. */
  forEachOutstanding(visit: (token: number) => void): void {
    for (let slot = 0; slot < this.capacity; slot++) {
      if (this.taken[slot] === 1) visit((this.generations[slot] << slotBits) | slot);
    }
  }
}

/** Slot of a token: 0 … capacity-1. */
export function slotOf(token: number): number {
  return token & slotMask;
}
