/**
 * What waits for a credit or for memory on one thread. It is tried again in every turn; a turn comes by itself with
 * every completion, and `freed` asks for one when memory came back otherwise (a socket took what it was given).
 */
export class Waiters {
  private waiting: (() => void)[] = [];
  private readonly requestTurn: () => void;

  constructor(requestTurn: () => void) {
    this.requestTurn = requestTurn;
  }

  get size(): number {
    return this.waiting.length;
  }

  add(retry: () => void): void {
    this.waiting.push(retry);
  }

  freed(): void {
    if (this.waiting.length > 0) this.requestTurn();
  }

  /** A step of every turn. Who finds nothing again adds itself again. */
  retry(): void {
    if (this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (const retry of waiting) retry();
  }
}
