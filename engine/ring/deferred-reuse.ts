import { assert } from '../base/assert.ts';

/**
 * Things that nobody is given any more, but that readers may still be looking at: free for reuse once every reader has
 * acknowledged the image (a metadata offset) that dropped them. Offsets are given in rising order. Its length is
 * bounded by the table whose rows or bytes it holds.
 */
export class DeferredReuse {
  private readonly values: number[] = [];
  private readonly offsets: number[] = [];
  private first = 0;

  get length(): number {
    return this.values.length - this.first;
  }

  /** `value` was dropped by the image at `offset`. */
  add(value: number, offset: number): void {
    const last = this.offsets.length - 1;
    assert(last < this.first || this.offsets[last] <= offset, 'deferred reuse: offsets must not go back');
    this.values.push(value);
    this.offsets.push(offset);
  }

  /** Hands `reuse` everything dropped by images that all readers have acknowledged, up to `acknowledged`. */
  reclaim(acknowledged: number, reuse: (value: number) => void): void {
    while (this.first < this.values.length && this.offsets[this.first] <= acknowledged) {
      reuse(this.values[this.first++]);
    }
    if (this.first === this.values.length) {
      this.values.length = 0;
      this.offsets.length = 0;
      this.first = 0;
    } else if (this.first > 4096 && this.first > this.values.length / 2) {
      this.values.splice(0, this.first);
      this.offsets.splice(0, this.first);
      this.first = 0;
    }
  }
}
