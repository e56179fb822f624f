import type { Timer } from '../../../engine/base/clock.ts';

interface Entry {
  readonly atMs: number;
  readonly sequence: number;
  fire: (() => void) | null;
}

/** More than this in one run means that something answers itself without end. */
const maxEvents = 3_000_000;
/** After so many events the process's own loop gets its turn, for what is not a matter of the simulation (signals). */
const eventsBeforeRest = 4096;

/**
 * The one clock of a simulation, and all that is to happen, in the order of time, then of scheduling. Between two events
 * everything that hangs on promises runs to its end, so that a run is a function of what was scheduled.
 */
export class Scheduler {
  nowMs = 0;
  events = 0;
  #sequence = 0;
  readonly #heap: Entry[] = [];

  after(delayMs: number, fire: () => void): Timer {
    const entry: Entry = { atMs: this.nowMs + Math.max(0, delayMs), sequence: this.#sequence++, fire };
    this.#push(entry);
    return {
      cancel: () => {
        entry.fire = null;
      },
    };
  }

  /**
   * Goes on until `endMs`, or until `isDone` says so after an event.
   *
   * @param settled called after each event, when its promises have run. What it throws, or an event, ends the run.
   */
  run(endMs: number, settled: () => void, isDone: () => boolean = () => false): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          settled();
          if (isDone() || !this.#fireNext(endMs)) {
            resolve();
            return;
          }
        } catch (error) {
          reject(error);
          return;
        }
        if (this.events % eventsBeforeRest === 0) setImmediate(step);
        // A tick that a microtask asks for comes when no microtask is left.
        else queueMicrotask(() => process.nextTick(step));
      };
      setImmediate(step);
    });
  }

  /** @returns false when nothing more is to happen until `endMs`. */
  #fireNext(endMs: number): boolean {
    const next = this.#heap[0];
    if (next === undefined || next.atMs > endMs) {
      this.nowMs = endMs;
      return false;
    }
    this.#pop();
    this.nowMs = Math.max(this.nowMs, next.atMs);
    if (++this.events > maxEvents) throw new Error(`${maxEvents} events at ${Math.round(this.nowMs)} ms`);
    next.fire?.();
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent]!, entry)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(last, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
