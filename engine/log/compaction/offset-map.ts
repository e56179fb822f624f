import { assert } from '../../base/assert.ts';
import { cleanerLimits } from '../../base/limits.ts';
import { KeyHash } from './key-hash.ts';

/** Four words of hash and the offset, as a float64. */
const slotBytes = 24;
const slotWords = 6;
const slotDoubles = 3;

/**
 * The newest offset of each key in the dirty section of a log, in a table of fixed size: keys are known by their hash,
 * collisions move on to the next slot.
 */
export class OffsetMap {
  readonly slots: number;
  readonly #most: number;
  readonly #words: Uint32Array;
  readonly #offsets: Float64Array;
  readonly #hash: KeyHash;
  #size = 0;
  /** All records up to here are in the map; -1 while there are none. */
  latestOffset = -1;

  /**
   * @param keys that can come at most: no more memory is taken than they need.
   * @param maxBytes of the table.
   * @param loadFactor how full the table may be.
   * @param hashKey 4 words, by chance.
   */
  constructor(keys: number, maxBytes: number, loadFactor: number, hashKey: Uint32Array) {
    const limit = Math.floor(Math.min(maxBytes, cleanerLimits.mapBytes) / slotBytes);
    const factor = Math.min(Math.max(loadFactor, 0.01), 0.99);
    this.slots = Math.max(2, Math.min(limit, Math.ceil(keys / factor) + 1));
    this.#most = Math.max(1, Math.min(this.slots - 1, Math.floor(this.slots * factor)));
    const buffer = new ArrayBuffer(this.slots * slotBytes);
    this.#words = new Uint32Array(buffer);
    this.#offsets = new Float64Array(buffer);
    this.#hash = new KeyHash(hashKey);
  }

  get size(): number {
    return this.#size;
  }

  /** Notes a key's newest offset; offsets only go up. False, and nothing is noted: the map is full. */
  put(bytes: Uint8Array, at: number, length: number, offset: number): boolean {
    assert(offset > this.latestOffset, 'offsets of an offset map go up');
    if (this.#size >= this.#most) return false;
    const slot = this.#find(bytes, at, length);
    if (this.#offsets[slot * slotDoubles + 2] === 0) {
      this.#words.set(this.#hash.words, slot * slotWords);
      this.#size++;
    }
    // Zero marks a slot that is free.
    this.#offsets[slot * slotDoubles + 2] = offset + 1;
    return true;
  }

  /** The key's newest offset, or -1. */
  get(bytes: Uint8Array, at: number, length: number): number {
    return this.#offsets[this.#find(bytes, at, length) * slotDoubles + 2] - 1;
  }

  /** The key's slot, or the free one where it belongs. There is always a free one. */
  #find(bytes: Uint8Array, at: number, length: number): number {
    this.#hash.hash(bytes, at, length);
    const [w0, w1, w2, w3] = this.#hash.words;
    const words = this.#words;
    let slot = w0 % this.slots;
    while (this.#offsets[slot * slotDoubles + 2] !== 0) {
      const from = slot * slotWords;
      if (words[from] === w0 && words[from + 1] === w1 && words[from + 2] === w2 && words[from + 3] === w3) return slot;
      slot = slot + 1 === this.slots ? 0 : slot + 1;
    }
    return slot;
  }
}
