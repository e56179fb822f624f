/** How far back quantiles and shares look, and how often what there was is noted down. */
const windowMs = 300_000;
export const noteIntervalMs = 30_000;

/** Sums that only grow, by a number of their own: the buckets of a histogram, or times. */
export type Sums = ReadonlyMap<number, Float64Array>;

/** Knows what was added to sums within the last five minutes, or since the start where that is less. */
export class Recent {
  private notes: { readonly atMs: number; readonly sums: Sums }[] = [];

  /** To be called every `noteIntervalMs`; `sums` stay as they are. */
  note(atMs: number, sums: Sums): void {
    // One that is older than the window is where the window begins.
    while (this.notes.length > 1 && this.notes[1]!.atMs <= atMs - windowMs) this.notes.shift();
    this.notes.push({ atMs, sums });
  }

  /** What was added to one of the sums. */
  since(key: number, now: Float64Array): Float64Array {
    const before = this.notes[0]?.sums.get(key);
    return before === undefined ? now : now.map((value, index) => value - before[index]!);
  }
}
