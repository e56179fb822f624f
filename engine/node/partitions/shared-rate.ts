import type { ThreadIndex } from '../../base/brands.ts';
import { limits } from '../../base/limits.ts';

/** What a rate is computed over: the newest windows, each of that length. */
export interface RateWindows {
  readonly count: number;
  readonly windowMs: number;
}

/** A rate's shared memory, as plain data. */
export interface RateDescription {
  readonly windows: RateWindows;
  readonly cells: SharedArrayBuffer;
}

/** Of a window: when it began (-1: it was never used), and the bytes that were counted since. */
const windowCells = 2;

/**
 * Bytes a second that all shards of a node move together (Kafka's SimpleRate). Each shard counts in cells of its own, so
 * that no two write the same; whoever wants the rate adds them up. A shard that is started again goes on in its
 * predecessor's.
 */
export class SharedRate {
  private readonly cells: Float64Array;
  private readonly windows: RateWindows;
  private readonly nowMs: () => number;
  private readonly start: number;
  private readonly end: number;
  private current: number;

  /** `nowMs` is of a clock that all shards share. */
  constructor({ cells, windows }: RateDescription, shard: ThreadIndex, nowMs: () => number) {
    this.cells = new Float64Array(cells);
    this.windows = windows;
    this.nowMs = nowMs;
    const each = (windows.count + 1) * windowCells;
    this.start = shard * each;
    this.end = this.start + each;
    this.current = this.start;
    for (let at = this.start; at < this.end; at += windowCells) {
      if (this.cells[at]! > this.cells[this.current]!) this.current = at;
    }
  }

  /** So many windows of so many seconds; where these are very many, fewer and longer ones. */
  static windows(count: number, windowSeconds: number): RateWindows {
    const kept = Math.min(count, limits.rateWindows);
    return { count: kept, windowMs: (windowSeconds * 1000 * count) / kept };
  }

  static allocate(shards: number, windows: RateWindows): RateDescription {
    const cells = new SharedArrayBuffer(shards * (windows.count + 1) * windowCells * 8);
    new Float64Array(cells).fill(-1);
    return { windows, cells };
  }

  record(bytes: number): void {
    const { cells } = this;
    const nowMs = this.nowMs();
    const startMs = cells[this.current]!;
    if (startMs < 0 || nowMs - startMs >= this.windows.windowMs) this.advance(nowMs);
    cells[this.current + 1]! += bytes;
  }

  /** One window more is kept than counts, so that nobody reads the one that is begun anew. */
  private advance(nowMs: number): void {
    if (this.cells[this.current]! >= 0) this.current += windowCells;
    if (this.current === this.end) this.current = this.start;
    this.cells[this.current + 1] = 0;
    this.cells[this.current] = nowMs;
  }

  /** Over the time since the oldest window that counts began, but at least over one window's length. */
  bytesPerSecond(): number {
    const { cells } = this;
    const { count, windowMs } = this.windows;
    const nowMs = this.nowMs();
    let bytes = 0;
    let oldestMs = nowMs;
    for (let at = 0; at < cells.length; at += windowCells) {
      const startMs = cells[at]!;
      if (startMs < 0 || nowMs - startMs >= count * windowMs) continue;
      bytes += cells[at + 1]!;
      oldestMs = Math.min(oldestMs, startMs);
    }
    return (bytes * 1000) / Math.max(nowMs - oldestMs, windowMs);
  }
}
