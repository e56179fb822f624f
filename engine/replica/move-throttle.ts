/** Bounds bytes a second: what was used beyond is waited for. The bound is asked for each time, for it may change. */
export class MoveThrottle {
  private readonly bytesPerSecond: () => number;
  /** Bytes that may be used at once. */
  private left = 0;
  private lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(bytesPerSecond: () => number) {
    this.bytesPerSecond = bytesPerSecond;
  }

  used(bytes: number): void {
    this.left -= bytes;
  }

  /** 0: more may be used; else the time until that is so. What is saved up is no more than a second's. */
  waitMs(nowMs: number): number {
    const rate = this.bytesPerSecond();
    // Far beyond what any disk does; products of it would not be exact.
    if (rate >= Number.MAX_SAFE_INTEGER) {
      this.left = 0;
      this.lookedAtMs = nowMs;
      return 0;
    }
    const sinceMs = Math.min(1000, nowMs - this.lookedAtMs);
    this.lookedAtMs = nowMs;
    this.left = Math.min(rate, this.left + (rate * sinceMs) / 1000);
    if (rate > 0 && this.left > 0) return 0;
    return rate === 0 ? Number.POSITIVE_INFINITY : Math.max(1, (-this.left * 1000) / rate);
  }
}
