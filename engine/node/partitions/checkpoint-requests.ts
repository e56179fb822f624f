/** Asks for the checkpoint files to be written, for all who want that at the same time: one request is under way. */
export class CheckpointRequests {
  private readonly ask: () => void;
  /** Answered by the write that is under way. */
  private asked: (() => void)[] = [];
  /** Came since that was asked for, and so may not be seen by it. */
  private waiting: (() => void)[] = [];

  constructor(ask: () => void) {
    this.ask = ask;
  }

  /** `done` when a write is over that was asked for after this call. */
  write(done: () => void): void {
    this.waiting.push(done);
    if (this.asked.length === 0) this.next();
  }

  written(): void {
    const done = this.asked;
    this.asked = [];
    if (this.waiting.length > 0) this.next();
    for (const each of done) each();
  }

  private next(): void {
    this.asked = this.waiting;
    this.waiting = [];
    this.ask();
  }
}
