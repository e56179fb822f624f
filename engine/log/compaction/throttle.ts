import type { Clock } from '../../base/clock.ts';

/** Longest wait in one go: a cleaning that is told to stop does so by then. */
const sliceMs = 500;

/** Bounds bytes a second by waiting once they were used. */
export class Throttle {
  readonly #clock: Clock;
  readonly #bytesPerMs: number;
  #freeAtMs: number;

  constructor(clock: Clock, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#freeAtMs = clock.monotonicMs();
  }

  /** Null: go on at once. Called again after a wait, with 0 bytes, until it answers null. */
  used(bytes: number): Promise<void> | null {
    const nowMs = this.#clock.monotonicMs();
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + bytes / this.#bytesPerMs;
    const waitMs = this.#freeAtMs - nowMs;
    // Below a timer's resolution it is not worth one; what was saved is still owed.
    if (!(waitMs >= 2)) return null;
    return new Promise((resolve) => this.#clock.schedule(Math.min(waitMs, sliceMs), resolve));
  }
}
