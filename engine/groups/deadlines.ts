/** Something that happens at a time unless it is put off or cancelled before. */
export class Deadline {
  /** Monotonic; Infinity when it is not set. */
  atMs = Number.POSITIVE_INFINITY;
  /** Place in the heap of `Deadlines`, -1 outside. */
  index = -1;
  readonly fire: () => void;

  constructor(fire: () => void) {
    this.fire = fire;
  }
}

/** The deadlines of a machine: a heap, the earliest on top, in which every deadline knows its place. */
export class Deadlines {
  readonly #heap: Deadline[] = [];

  /** When the next one is due; Infinity for never. */
  get nextMs(): number {
    return this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#heap.length;
  }

  set(deadline: Deadline, atMs: number): void {
    deadline.atMs = atMs;
    if (deadline.index === -1) {
      deadline.index = this.#heap.length;
      this.#heap.push(deadline);
    }
    this.#settle(deadline);
  }

  cancel(deadline: Deadline): void {
    deadline.atMs = Number.POSITIVE_INFINITY;
    const { index } = deadline;
    if (index === -1) return;
    deadline.index = -1;
    const last = this.#heap.pop()!;
    if (last === deadline) return;
    this.#place(last, index);
    this.#settle(last);
  }

  /** Takes the earliest deadline that is due, in the order of time. */
  takeDue(nowMs: number): Deadline | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    this.cancel(first);
    return first;
  }

  #settle(deadline: Deadline): void {
    this.#rise(deadline);
    this.#sink(deadline);
  }

  #rise(deadline: Deadline): void {
    while (deadline.index > 0) {
      const parent = this.#heap[(deadline.index - 1) >> 1]!;
      if (parent.atMs <= deadline.atMs) return;
      this.#swap(parent, deadline);
    }
  }

  #sink(deadline: Deadline): void {
    for (;;) {
      const left = this.#heap[2 * deadline.index + 1];
      const right = this.#heap[2 * deadline.index + 2];
      const child = right !== undefined && right.atMs < left!.atMs ? right : left;
      if (child === undefined || child.atMs >= deadline.atMs) return;
      this.#swap(deadline, child);
    }
  }

  #swap(above: Deadline, below: Deadline): void {
    const { index } = above;
    this.#place(above, below.index);
    this.#place(below, index);
  }

  #place(deadline: Deadline, index: number): void {
    this.#heap[index] = deadline;
    deadline.index = index;
  }
}
