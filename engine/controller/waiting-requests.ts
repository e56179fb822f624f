import type { Offset } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';

/** How a wait ended. */
export type WaitEnd = 'published' | 'timed-out' | 'resigned';

interface Waiting {
  /** Offset that has to be published. */
  readonly offset: Offset;
  readonly done: (end: WaitEnd) => void;
  timer: Timer | null;
}

/** Requests whose records are written, until these are committed and every shard has acted on them. */
export class WaitingRequests {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #published: Offset = -1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Calls `done` once: at once if `offset` is published already. */
  wait(offset: Offset, timeoutMs: number, done: (end: WaitEnd) => void): void {
    if (offset <= this.#published) {
      done('published');
      return;
    }
    const waiting: Waiting = { offset, done, timer: null };
    this.#waiting.add(waiting);
    if (timeoutMs !== Number.POSITIVE_INFINITY) {
      waiting.timer = this.#clock.schedule(timeoutMs, () => this.#end(waiting, 'timed-out'));
    }
  }

  /** Everything up to `offset` is committed and acknowledged by all shards. */
  published(offset: Offset): void {
    if (offset <= this.#published) return;
    this.#published = offset;
    for (const waiting of [...this.#waiting]) if (waiting.offset <= offset) this.#end(waiting, 'published');
  }

  resigned(): void {
    for (const waiting of [...this.#waiting]) this.#end(waiting, 'resigned');
  }

  #end(waiting: Waiting, end: WaitEnd): void {
    if (!this.#waiting.delete(waiting)) return;
    waiting.timer?.cancel();
    waiting.done(end);
  }
}
