import type { Transport, TransportEvents } from '../../../engine/base/transport.ts';
import type { ProcessLife } from './process-life.ts';

/** What a stream needs of the network that it lies in. */
export interface StreamWays {
  /** Takes something from one machine to another, in order and with its delay; not at all while the link is cut. */
  transmit(from: number, to: number, arrive: () => void): void;
  /** The message is lost, and the connection with it. */
  isLost(): boolean;
  isSilent(nodeId: number): boolean;
  gone(stream: Stream): void;
}

/** A connection of bytes between two processes. */
export class Stream {
  readonly client: StreamEnd;
  readonly server: StreamEnd;
  readonly #ways: StreamWays;
  #isReset = false;

  constructor(ways: StreamWays, from: ProcessLife, to: number, events: TransportEvents) {
    this.#ways = ways;
    this.client = new StreamEnd(this, from.nodeId);
    this.server = new StreamEnd(this, to);
    this.client.life = from;
    this.client.events = events;
  }

  ends(): readonly [StreamEnd, StreamEnd] {
    return [this.client, this.server];
  }

  touches(a: number, b: number): boolean {
    const ids = [this.client.nodeId, this.server.nodeId];
    return ids.includes(a) && ids.includes(b);
  }

  /** Both ends hear of it, each when it reaches them. A dead end, and one that nothing reaches, do not. */
  reset(by?: StreamEnd): void {
    if (this.#isReset) return;
    this.#isReset = true;
    this.#ways.gone(this);
    for (const end of this.ends()) {
      if (end === by) end.close();
      else this.#ways.transmit(this.#other(end).nodeId, end.nodeId, () => end.life?.enter(() => end.close()));
    }
  }

  #other(end: StreamEnd): StreamEnd {
    return end === this.client ? this.server : this.client;
  }

  carry(from: StreamEnd, bytes: Uint8Array): void {
    const to = this.#other(from);
    if (this.#ways.isLost()) {
      this.reset();
      return;
    }
    this.#ways.transmit(from.nodeId, to.nodeId, () => {
      if (this.#isReset || this.#ways.isSilent(to.nodeId)) return;
      // The process that had it is gone: its machine's kernel says so.
      if (to.life?.isAlive !== true) this.reset();
      else to.life.enter(() => to.arrive(bytes));
    });
  }

  get isReset(): boolean {
    return this.#isReset;
  }
}

/** One end, as a process uses it. */
export class StreamEnd implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  readonly nodeId: number;
  readonly #stream: Stream;
  life: ProcessLife | null = null;
  events: TransportEvents | null = null;
  #landing: Uint8Array | null = null;
  #arrived: Uint8Array[] = [];
  #isPaused = false;
  #isClosed = false;

  constructor(stream: Stream, nodeId: number) {
    this.#stream = stream;
    this.nodeId = nodeId;
  }

  open(): void {
    if (this.#isClosed) return;
    this.#landing = this.events!.landing();
    this.#read();
  }

  arrive(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#arrived.push(bytes);
    this.#read();
  }

  #read(): void {
    while (this.#landing !== null && !this.#isPaused && !this.#isClosed) {
      const next = this.#arrived.shift();
      if (next === undefined) return;
      const length = Math.min(next.length, this.#landing.length);
      this.#landing.set(next.subarray(0, length));
      if (length < next.length) this.#arrived.unshift(next.subarray(length));
      this.events!.received(length);
      if (!this.#isClosed) this.#landing = this.events!.landing();
    }
  }

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    const isUsable = !this.#isClosed && !this.#stream.isReset;
    if (isUsable) this.#stream.carry(this, Uint8Array.from(bytes));
    done?.(!isUsable);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arrived = [];
    this.events?.closed(undefined);
  }

  destroy(): void {
    const { life } = this;
    // Never from within the call.
    queueMicrotask(() => {
      if (life?.isAlive === true) this.#stream.reset(this);
    });
  }

  end(): void {
    this.destroy();
  }

  pauseReading(): void {
    this.#isPaused = true;
  }

  resumeReading(): void {
    this.#isPaused = false;
    this.#read();
  }

  unsentBytes(): number {
    return 0;
  }

  cork(): void {
    // Every write goes out at once.
  }

  uncork(): void {
    // As above.
  }
}
