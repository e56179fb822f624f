import type { Clock, Timer } from '../base/clock.ts';
import { deletionLimits } from '../base/limits.ts';
import { errorCode } from '../protocol/errors.ts';

/** `lowWatermark` -1 where it is not known. */
export type DeletionDone = (errorCode: number, lowWatermark: number) => void;

interface WaitingDeletion {
  readonly offset: number;
  readonly deadlineMs: number;
  /** As it was when the wait began: what an answer tells of a wait that came to nothing. */
  readonly lowWatermark: number;
  readonly done: DeletionDone;
}

/**
 * DeleteRecords that wait until no live replica of the partition has a record below their offset (KIP-107). What they wait
 * for is looked at when a follower asks for more, and now and then besides: brokers die, and copies are made elsewhere.
 */
export class WaitingDeletions {
  private readonly clock: Clock;
  private readonly lowWatermark: () => number;
  private waiting: WaitingDeletion[] = [];
  private timer: Timer | undefined;

  constructor(clock: Clock, lowWatermark: () => number) {
    this.clock = clock;
    this.lowWatermark = lowWatermark;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** `done` comes once: when the low watermark is at `offset`, or the time is over. */
  add(offset: number, timeoutMs: number, done: DeletionDone): void {
    const lowWatermark = this.lowWatermark();
    if (lowWatermark >= offset) done(0, lowWatermark);
    else if (timeoutMs <= 0 || this.waiting.length >= deletionLimits.waitingPerPartition) {
      done(errorCode.REQUEST_TIMED_OUT, lowWatermark);
    } else {
      this.waiting.push({ offset, deadlineMs: this.clock.monotonicMs() + timeoutMs, lowWatermark, done });
      this.arm();
    }
  }

  /** Followers may have moved. */
  check(): void {
    if (this.waiting.length === 0) return;
    const lowWatermark = this.lowWatermark();
    const nowMs = this.clock.monotonicMs();
    const before = this.waiting;
    this.waiting = before.filter(({ offset, deadlineMs }) => lowWatermark < offset && nowMs < deadlineMs);
    for (const { offset, deadlineMs, lowWatermark: atFirst, done } of before) {
      if (lowWatermark >= offset) done(0, lowWatermark);
      else if (nowMs >= deadlineMs) done(errorCode.REQUEST_TIMED_OUT, atFirst);
    }
  }

  failAll(code: number): void {
    const left = this.waiting;
    this.waiting = [];
    for (const { done } of left) done(code, -1);
  }

  private arm(): void {
    if (this.timer !== undefined || this.waiting.length === 0) return;
    let nextMs = this.clock.monotonicMs() + deletionLimits.lookMs;
    for (const { deadlineMs } of this.waiting) nextMs = Math.min(nextMs, deadlineMs);
    const waitMs = Math.max(1, Math.ceil(nextMs - this.clock.monotonicMs()));
    this.timer = this.clock.schedule(waitMs, () => {
      this.timer = undefined;
      this.check();
      this.arm();
    });
  }
}
