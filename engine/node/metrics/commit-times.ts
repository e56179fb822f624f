import type { Offset } from '../../base/brands.ts';

/** Appends of which the time is taken at once; what is written beyond is not timed. */
const mostTimed = 4096;

/** How long it takes from the writing of metadata records to their being committed. */
export class CommitTimes {
  private readonly nowMs: () => number;
  private readonly taken: (ms: number) => void;
  private pending: { readonly endOffset: Offset; readonly atMs: number }[] = [];

  constructor(nowMs: () => number, taken: (ms: number) => void) {
    this.nowMs = nowMs;
    this.taken = taken;
  }

  appended(endOffset: Offset): void {
    if (this.pending.length < mostTimed) this.pending.push({ endOffset, atMs: this.nowMs() });
  }

  committed(highWatermark: Offset): void {
    while (this.pending.length > 0 && this.pending[0]!.endOffset <= highWatermark) {
      this.taken(this.nowMs() - this.pending.shift()!.atMs);
    }
  }

  /** This node leads no more: what becomes of its records is for another to say. */
  resigned(): void {
    this.pending = [];
  }
}
