/**
 * The memory that a thread's connections receive into: its arena, seen through the few operations that framing needs,
 * and the heap for what the arena can't take. A chunk is freed by count: whoever keeps bytes of it holds one count and
 * gives it back itself.
 */
export interface IngressMemory {
  /** The whole arena. Positions are indexes into it. */
  readonly bytes: Uint8Array;
  /** Position and size of the landing place that idle connections share. Nothing in it outlives a read callback. */
  readonly landingStart: number;
  readonly landingBytes: number;
  readonly largestChunkBytes: number;
  /** A chunk of at least `minBytes` with one count held for the caller, or -1 when client memory is used up. */
  allocate(minBytes: number): number;
  hold(chunk: number): void;
  release(chunk: number): void;
  /** True when only one count is held. */
  isSole(chunk: number): boolean;
  startOf(chunk: number): number;
  sizeOf(chunk: number): number;
  /** Node-wide budget of request bytes outside the arena (`queued.max.request.bytes`). False: there is none left. */
  reserveHeap(bytes: number): boolean;
  unreserveHeap(bytes: number): void;
  /** Calls `retry` once, later, when memory has been freed. */
  whenFreed(retry: () => void): void;
  /** Adds to the counter of bytes copied on the way in. */
  countCopied(bytes: number): void;
}

/** What the budget of heap bytes counts in. */
export const budgetUnitBytes = 1024;

/** A piece of memory that requests lie in: a chunk of the arena, or, for frames beyond the largest chunk, of the heap. */
export class IngressBlock {
  readonly memory: IngressMemory;
  /** What `start` and `end` are positions in. */
  readonly bytes: Uint8Array;
  /** The arena's chunk, or -1 on the heap. */
  readonly chunk: number;
  readonly start: number;
  readonly end: number;
  private heapHolds = 1;

  private constructor(memory: IngressMemory, bytes: Uint8Array, chunk: number, start: number, end: number) {
    this.memory = memory;
    this.bytes = bytes;
    this.chunk = chunk;
    this.start = start;
    this.end = end;
  }

  static inArena(memory: IngressMemory, minBytes: number): IngressBlock | undefined {
    if (minBytes > memory.largestChunkBytes) return undefined;
    const chunk = memory.allocate(minBytes);
    if (chunk === -1) return undefined;
    const start = memory.startOf(chunk);
    return new IngressBlock(memory, memory.bytes, chunk, start, start + memory.sizeOf(chunk));
  }

  /**
   * The budget is asked for `wantedBytes`: all that the frame claims to be, which takes no memory yet, for two frames that
   * each had a part of the budget would wait for each other. A larger block takes over what the one before was granted.
   * `force` is for bytes that have come already and must lie somewhere.
   */
  static onHeap(
    memory: IngressMemory,
    bytes: number,
    wantedBytes: number,
    before: IngressBlock | undefined,
    force: boolean,
  ): IngressBlock | undefined {
    // In whole units: what was granted in two parts is given back in one, and must come to the same.
    const budgetBytes = Math.ceil(wantedBytes / budgetUnitBytes) * budgetUnitBytes;
    let grantedBytes = before?.grantedBytes ?? 0;
    if (grantedBytes < budgetBytes) {
      const missing = budgetBytes - grantedBytes;
      // A frame that was granted whole may need room for one more read at its end: it must not wait for itself.
      const isSlack = grantedBytes > 0 && missing <= memory.landingBytes;
      if (memory.reserveHeap(missing)) grantedBytes = budgetBytes;
      else if (!force && !isSlack) return undefined;
    }
    if (before !== undefined) before.grantedBytes = 0;
    const block = new IngressBlock(memory, new Uint8Array(bytes), -1, 0, bytes);
    block.grantedBytes = grantedBytes;
    return block;
  }

  /** Of the budget; given back with the block. */
  private grantedBytes = 0;

  get size(): number {
    return this.end - this.start;
  }

  hold(): void {
    if (this.chunk === -1) this.heapHolds += 1;
    else this.memory.hold(this.chunk);
  }

  release(): void {
    if (this.chunk !== -1) {
      this.memory.release(this.chunk);
      return;
    }
    this.heapHolds -= 1;
    if (this.heapHolds === 0 && this.grantedBytes > 0) this.memory.unreserveHeap(this.grantedBytes);
  }

  isSole(): boolean {
    return this.chunk === -1 ? this.heapHolds === 1 : this.memory.isSole(this.chunk);
  }
}
