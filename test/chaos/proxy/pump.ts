import type { Socket } from 'node:net';

/** What happens to bytes on their way from one node to another. */
export interface Link {
  /** Bytes stay where they are, and so does the news that a connection ended. */
  isBlocked: boolean;
  delayMs: number;
}

interface Waiting {
  readonly dueMs: number;
  /** Null: the connection ended. */
  readonly bytes: Buffer | null;
}

/** Bytes read and not yet passed on, above which the source is not read. */
const mostWaitingBytes = 1 << 20;

/** One direction of a connection. */
export class Pump {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #link: Link;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: Socket, sink: Socket, link: Link) {
    this.#source = source;
    this.#sink = sink;
    this.#link = link;
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('error', () => {});
    source.on('close', () => this.#take(null));
    sink.on('drain', () => this.drain());
    sink.on('close', () => clearTimeout(this.#timer));
    if (link.isBlocked) source.pause();
  }

  /** Passes on what may go; call it when the link changed. */
  drain(): void {
    clearTimeout(this.#timer);
    while (!this.#link.isBlocked && this.#waiting.length > 0 && !this.#sink.writableNeedDrain) {
      const { dueMs, bytes } = this.#waiting[0];
      const leftMs = dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.drain(), leftMs);
        break;
      }
      this.#waiting.shift();
      this.#waitingBytes -= bytes?.length ?? 0;
      if (bytes === null) this.#sink.destroy();
      else this.#sink.write(bytes);
    }
    if (this.#link.isBlocked || this.#waitingBytes > mostWaitingBytes) this.#source.pause();
    else this.#source.resume();
  }

  #take(bytes: Buffer | null): void {
    this.#waiting.push({ dueMs: performance.now() + this.#link.delayMs, bytes });
    this.#waitingBytes += bytes?.length ?? 0;
    this.drain();
  }
}
