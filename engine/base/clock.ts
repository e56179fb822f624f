import type { TimestampMs } from './brands.ts';

export interface Clock {
  /** Wall clock. May go back; only record timestamps and retention look at it. */
  wallMs(): TimestampMs;
  /** Monotonic milliseconds from an arbitrary origin, with a fraction. Every time-out is measured on it. */
  monotonicMs(): number;
  /** Calls `fire` once, `delayMs` from now, on this thread, never inside `schedule`. */
  schedule(delayMs: number, fire: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
