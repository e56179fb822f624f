import type { Clock, Timer } from '../base/clock.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Append } from './append.ts';

/** Written batches of acks=all above the high watermark, in the order of their offsets. */
export class WaitingAppends {
  private readonly clock: Clock;
  private appends: Append[] = [];
  private head = 0;
  private timer: Timer | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get isEmpty(): boolean {
    return this.head === this.appends.length;
  }

  add(append: Append): void {
    this.appends.push(append);
    if (append.timeoutMs === Number.POSITIVE_INFINITY) return;
    append.deadlineMs = this.clock.monotonicMs() + append.timeoutMs;
    if (this.timer === undefined) this.arm(append.timeoutMs);
  }

  /** Ends the wait of those below the high watermark: with `code`, 0 for success. */
  reached(highWatermark: number, code: number): void {
    while (this.head < this.appends.length && this.appends[this.head]!.endOffset <= highWatermark) {
      const append = this.appends[this.head]!;
      this.head += 1;
      if (code === 0) append.succeed();
      else append.fail(code);
    }
    if (this.head === this.appends.length) {
      this.appends = [];
      this.head = 0;
    } else if (this.head > 1024) {
      this.appends = this.appends.slice(this.head);
      this.head = 0;
    }
  }

  failAll(code: number): void {
    const left = this.appends.slice(this.head);
    this.appends = [];
    this.head = 0;
    for (const append of left) append.fail(code);
  }

  /** Clients ask for different patience: all are looked through when the first in time is due. */
  private expire(): void {
    this.timer = undefined;
    const nowMs = this.clock.monotonicMs();
    const left = this.appends.slice(this.head);
    this.appends = left.filter(({ deadlineMs }) => deadlineMs > nowMs);
    this.head = 0;
    let next = Number.POSITIVE_INFINITY;
    for (const { deadlineMs } of this.appends) next = Math.min(next, deadlineMs);
    if (next !== Number.POSITIVE_INFINITY) this.arm(next - nowMs);
    for (const append of left) if (append.deadlineMs <= nowMs) append.fail(errorCode.REQUEST_TIMED_OUT);
  }

  private arm(delayMs: number): void {
    this.timer = this.clock.schedule(Math.max(Math.ceil(delayMs), 1), () => this.expire());
  }
}
