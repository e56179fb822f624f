import type { Clock, Timer } from '../../base/clock.ts';
import { controllerChannelLimits as limits } from '../../base/limits.ts';
import type { Random } from '../../base/random.ts';

/** Waits between tries: longer each time until one succeeds, and not for all brokers alike. */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #retry: () => void;
  #timer: Timer | null = null;
  #failures = 0;

  constructor(clock: Clock, random: Random, retry: () => void) {
    this.#clock = clock;
    this.#random = random;
    this.#retry = retry;
  }

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  start(): void {
    if (this.#timer !== null) return;
    const longest = Math.min(limits.retryBackoffMs * 2 ** this.#failures, limits.retryBackoffMaxMs);
    this.#failures = Math.min(this.#failures + 1, 16);
    const jitter = 0.8 + 0.4 * (this.#random.below(1000) / 1000);
    this.#timer = this.#clock.schedule(longest * jitter, () => {
      this.#timer = null;
      this.#retry();
    });
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Nothing is known of how the next try will end. */
  reset(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#failures = 0;
  }
}
