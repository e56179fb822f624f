import type { TimestampMs } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';

/** The longest delay that Node's timers take; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** The machine's clocks. */
export const systemClock: Clock = {
  wallMs(): TimestampMs {
    return Date.now();
  },
  monotonicMs(): number {
    return performance.now();
  },
  schedule(delayMs: number, fire: () => void): Timer {
    return new SystemTimer(delayMs, fire);
  },
};

/** Milliseconds of a monotonic clock that is the same for all threads, which each have an origin of their own. */
export function sharedMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

class SystemTimer implements Timer {
  #timer: ReturnType<typeof setTimeout>;

  constructor(delayMs: number, fire: () => void) {
    this.#timer = this.#arm(Math.max(0, delayMs), fire);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #arm(delayMs: number, fire: () => void): ReturnType<typeof setTimeout> {
    if (delayMs <= maxTimerMs) return setTimeout(fire, delayMs);
    return setTimeout(() => {
      this.#timer = this.#arm(delayMs - maxTimerMs, fire);
    }, maxTimerMs);
  }
}
