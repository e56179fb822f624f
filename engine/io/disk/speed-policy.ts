import { diskLimits } from '../../base/limits.ts';

export interface SpeedThresholds {
  /** Operations through the pool, one after the other and none slow, after which the directory is used directly. */
  readonly promoteAfterOperations: number;
  /** An operation is slow from here on; a transfer gets `bytesPerMs` on top. */
  readonly slowMs: number;
  readonly bytesPerMs: number;
  /** One direct operation as long as this demotes. */
  readonly stallMs: number;
  /** So many slow direct operations within `slowWindowMs` demote. */
  readonly slowOperations: number;
  readonly slowWindowMs: number;
  /** How long a demoted directory must be without a slow operation before it can be promoted; doubled by each demotion. */
  readonly firstQuietMs: number;
  readonly maxQuietMs: number;
}

/**
 * Decides whether a directory answers at memory speed, so that an append may be made synchronously (1 us) where the pool
 * costs 40 us. A synchronous call that stalls stops a whole thread, so doubt means the pool: a directory starts there,
 * and one that stalls now and then is kept there for longer each time.
 */
export class SpeedPolicy {
  readonly #thresholds: SpeedThresholds;
  #direct = false;
  #fastInARow = 0;
  #slowInWindow = 0;
  #windowEndMs = 0;
  #quietMs: number;
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #promotedAtMs = 0;

  constructor(thresholds: SpeedThresholds = diskLimits.speed) {
    this.#thresholds = thresholds;
    this.#quietMs = thresholds.firstQuietMs;
  }

  /** True while appends and reads of recent bytes may be synchronous. */
  get isDirect(): boolean {
    return this.#direct;
  }

  /** Takes note of an operation through the pool, timed from its start to its completion's event. */
  pooled(durationMs: number, bytes: number, nowMs: number): void {
    if (this.#direct) return;
    if (durationMs >= this.#slowFrom(bytes)) {
      this.#fastInARow = 0;
      // Slowness seen from the pool only starts the quiet time again where there is one: a slow first open is no stall.
      if (nowMs < this.#quietUntilMs) this.#quietUntilMs = nowMs + this.#quietMs;
      return;
    }
    this.#fastInARow++;
    if (this.#fastInARow < this.#thresholds.promoteAfterOperations || nowMs < this.#quietUntilMs) return;
    this.#direct = true;
    this.#promotedAtMs = nowMs;
    this.#slowInWindow = 0;
  }

  /** Takes note of a synchronous operation; true when it demoted the directory. */
  direct(durationMs: number, bytes: number, nowMs: number): boolean {
    if (durationMs < this.#slowFrom(bytes)) return false;
    if (nowMs >= this.#windowEndMs) {
      this.#windowEndMs = nowMs + this.#thresholds.slowWindowMs;
      this.#slowInWindow = 0;
    }
    this.#slowInWindow++;
    const stalled = durationMs >= this.#thresholds.stallMs + bytes / this.#thresholds.bytesPerMs;
    if (!stalled && this.#slowInWindow < this.#thresholds.slowOperations) return false;
    this.#demote(nowMs);
    return true;
  }

  #demote(nowMs: number): void {
    // A directory that was well for longer than the longest quiet time starts with the shortest one again.
    if (nowMs - this.#promotedAtMs > this.#thresholds.maxQuietMs) this.#quietMs = this.#thresholds.firstQuietMs;
    this.#direct = false;
    this.#fastInARow = 0;
    this.#quietUntilMs = nowMs + this.#quietMs;
    this.#quietMs = Math.min(this.#quietMs * 2, this.#thresholds.maxQuietMs);
  }

  #slowFrom(bytes: number): number {
    return this.#thresholds.slowMs + bytes / this.#thresholds.bytesPerMs;
  }
}
