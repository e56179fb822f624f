/** Starts an operation; `finished` is to be called once, when it no longer occupies the pool. */
export type Run = (finished: () => void) => void;

/** What an operation is to the queue. Lanes take turns, so that none waits for the whole backlog of another. */
export const lane = { change: 0, read: 1, removal: 2 } as const;
export type Lane = (typeof lane)[keyof typeof lane];

/**
 * Hands operations of one directory to libuv's pool, few at a time: the pool is one for the whole process, and a
 * directory that stalls must not hold more of its threads than it was counted for.
 */
export class OperationQueue {
  readonly #maxInFlight: number;
  readonly #maxQueued: number;
  readonly #lanes: readonly [RunFifo, RunFifo, RunFifo] = [new RunFifo(), new RunFifo(), new RunFifo()];
  /** Removing a large file takes the kernel long: it must not hold every place. */
  readonly #maxRemovals: number;
  #removalsInFlight = 0;
  #inFlight = 0;
  #nextLane = 0;

  constructor(maxInFlight: number, maxQueued: number) {
    this.#maxInFlight = maxInFlight;
    this.#maxQueued = maxQueued;
    this.#maxRemovals = Math.max(1, maxInFlight - 1);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Operations that wait for a place. */
  get queued(): number {
    return this.#lanes[0].length + this.#lanes[1].length + this.#lanes[2].length;
  }

  /** False when the queue is full: nothing was taken. */
  submit(which: Lane, run: Run): boolean {
    if (this.#inFlight < this.#maxInFlight && this.queued === 0 && this.#hasPlace(which)) {
      this.#start(which, run);
      return true;
    }
    if (this.queued >= this.#maxQueued) return false;
    this.#lanes[which].push(run);
    this.#pump();
    return true;
  }

  #hasPlace(which: Lane): boolean {
    return which !== lane.removal || this.#removalsInFlight < this.#maxRemovals;
  }

  #start(which: Lane, run: Run): void {
    this.#inFlight++;
    if (which === lane.removal) this.#removalsInFlight++;
    let over = false;
    run(() => {
      if (over) return;
      over = true;
      this.#inFlight--;
      if (which === lane.removal) this.#removalsInFlight--;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#inFlight < this.#maxInFlight) {
      const which = this.#choose();
      if (which === null) return;
      this.#start(which, this.#lanes[which].shift()!);
    }
  }

  #choose(): Lane | null {
    for (let turn = 0; turn < 3; turn++) {
      const which = ((this.#nextLane + turn) % 3) as Lane;
      if (this.#lanes[which].length === 0 || !this.#hasPlace(which)) continue;
      this.#nextLane = (which + 1) % 3;
      return which;
    }
    return null;
  }
}

/** First in, first out, without moving what waits on each removal. */
class RunFifo {
  #items: (Run | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(run: Run): void {
    this.#items.push(run);
  }

  shift(): Run | undefined {
    if (this.length === 0) return undefined;
    const run = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return run;
  }
}
