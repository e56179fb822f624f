import { randomFillSync } from 'node:crypto';
import { assert } from '../base/assert.ts';
import type { Random } from '../base/random.ts';

/** Random bytes are drawn from the system this many at a time. */
const poolBytes = 4096;

/** The system's source of chance, fit for secrets. */
export class SystemRandom implements Random {
  readonly #pool = new Uint8Array(poolBytes);
  readonly #view = new DataView(this.#pool.buffer);
  #next = poolBytes;

  below(bound: number): number {
    assert(Number.isSafeInteger(bound) && bound > 0, 'a bound above zero');
    // Draws at and over the largest multiple of the bound are thrown away: each answer is equally likely.
    const limit = 2 ** 53 - (2 ** 53 % bound);
    for (;;) {
      const drawn = this.#draw53Bits();
      if (drawn < limit) return drawn % bound;
    }
  }

  fill(into: Uint8Array): void {
    if (into.buffer instanceof ArrayBuffer) {
      randomFillSync(into);
      return;
    }
    // Shared memory is filled by way of memory of our own, which nobody can change while it is drawn.
    for (let offset = 0; offset < into.length; offset += poolBytes) {
      const bytes = randomFillSync(new Uint8Array(Math.min(poolBytes, into.length - offset)));
      into.set(bytes, offset);
    }
  }

  #draw53Bits(): number {
    if (this.#next + 8 > poolBytes) {
      randomFillSync(this.#pool);
      this.#next = 0;
    }
    const high = this.#view.getUint32(this.#next) & 0x1fffff;
    const low = this.#view.getUint32(this.#next + 4);
    this.#next += 8;
    return high * 2 ** 32 + low;
  }
}

/** 32 digits by chance, as names of files bear. */
export function randomHex(random: Random): string {
  const bytes = new Uint8Array(16);
  random.fill(bytes);
  return Buffer.from(bytes).toString('hex');
}
