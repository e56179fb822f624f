import type { Clock } from '../../engine/base/clock.ts';
import type { Disk } from '../../engine/base/disk.ts';
import { type ForwardedOperation, ForwardingDisk } from './forwarding-disk.ts';

export interface Stalls {
  /** A stall begins every so often, the first after that time. */
  readonly everyMs: number;
  readonly stallMs: number;
}

/** A disk that answers nothing for a while, again and again: what is called during a stall is done, in order, at its end. */
export class StallingDisk extends ForwardingDisk {
  readonly #clock: Clock;
  readonly #stalls: Stalls;
  readonly #startMs: number;
  #held: (() => void)[] = [];
  /** Operations that had to wait. */
  stalledOperations = 0;

  constructor(inner: Disk, clock: Clock, stalls: Stalls) {
    super(inner);
    this.#clock = clock;
    this.#stalls = stalls;
    this.#startMs = clock.monotonicMs();
  }

  protected override forward(_operation: ForwardedOperation, run: () => void): void {
    const leftMs = this.#stallLeftMs();
    if (leftMs <= 0 && this.#held.length === 0) {
      run();
      return;
    }
    this.stalledOperations++;
    this.#held.push(run);
    if (this.#held.length === 1) this.#clock.schedule(Math.max(0, leftMs), () => this.#release());
  }

  #stallLeftMs(): number {
    const { everyMs, stallMs } = this.#stalls;
    const period = everyMs + stallMs;
    const inPeriodMs = (this.#clock.monotonicMs() - this.#startMs) % period;
    return inPeriodMs < everyMs ? 0 : period - inPeriodMs;
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const run of held) run();
  }
}
