import type { Clock, Timer } from '../../../engine/base/clock.ts';
import type { ProcessLife } from './process-life.ts';
import type { Scheduler } from './scheduler.ts';

const wallStartMs = 1_700_000_000_000;
/** Sums of fractions differ from their whole. */
const roundingMs = 1e-6;

/** What is wrong with a machine's time. Its processes come and go; this stays. */
export interface TimeOfNode {
  /** How fast its monotonic clock goes. */
  rate: number;
  /** What its wall clock is off by. */
  wallOffsetMs: number;
}

/** The clocks of one process: monotonic time at the machine's own pace, wall time that may jump. */
export class NodeClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #life: ProcessLife;
  readonly #time: TimeOfNode;
  #baseMs = 0;
  #sinceMs: number;
  #rate: number;

  constructor(scheduler: Scheduler, life: ProcessLife, time: TimeOfNode) {
    this.#scheduler = scheduler;
    this.#life = life;
    this.#time = time;
    this.#sinceMs = scheduler.nowMs;
    this.#rate = time.rate;
  }

  wallMs(): number {
    return wallStartMs + Math.floor(this.#scheduler.nowMs + this.#time.wallOffsetMs);
  }

  monotonicMs(): number {
    if (this.#rate !== this.#time.rate) {
      this.#baseMs = this.#reading();
      this.#sinceMs = this.#scheduler.nowMs;
      this.#rate = this.#time.rate;
    }
    return this.#reading();
  }

  #reading(): number {
    return this.#baseMs + (this.#scheduler.nowMs - this.#sinceMs) * this.#rate;
  }

  schedule(delayMs: number, fire: () => void): Timer {
    const dueMs = this.monotonicMs() + Math.max(0, delayMs);
    let isCancelled = false;
    const wait = (): void => {
      const leftMs = Math.max(0, dueMs - this.monotonicMs());
      this.#scheduler.after(leftMs / this.#time.rate, () => this.#life.enter(due));
    };
    const due = (): void => {
      if (isCancelled) return;
      // The clock may have slowed down meanwhile.
      if (this.monotonicMs() < dueMs - roundingMs) wait();
      else fire();
    };
    wait();
    return {
      cancel: () => {
        isCancelled = true;
      },
    };
  }
}
