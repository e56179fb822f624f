import type { Finding, Poll, Send } from './history.ts';

/** The history as it grows, and whether it is to go on. */
export class Recorder {
  readonly sends: Send[] = [];
  readonly polls: Poll[] = [];
  readonly findings: Finding[] = [];
  readonly #originMs = performance.now();
  /** Producers begin nothing new. */
  isStopping = false;
  /** Producers no longer try again what has no outcome. */
  isOver = false;

  nowMs(): number {
    return Math.round(performance.now() - this.#originMs);
  }

  find(kind: Finding['kind'], what: string): void {
    this.findings.push({ kind, what: `${what} (at ${this.nowMs()} ms)` });
  }
}
