import type { Clock } from '../../engine/base/clock.ts';
import type { Transport, TransportEvents } from '../../engine/base/transport.ts';

/** How a host takes a connection: null refuses it. */
type Accept = (transport: Transport) => TransportEvents | null;

/** Streams between hosts of one thread, with the latency that a clock measures; links may be cut. */
export class FakeNetwork {
  readonly #clock: Clock;
  readonly #latencyMs: () => number;
  readonly #listeners = new Map<string, Accept>();
  readonly #streams = new Set<FakeStream>();
  /** Pairs of hosts that cannot reach each other. */
  readonly #cut = new Set<string>();

  constructor(clock: Clock, latencyMs: () => number) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
  }

  listen(host: string, accept: Accept): void {
    this.#listeners.set(host, accept);
  }

  /** The host is gone, and all its connections with it. */
  unplug(host: string): void {
    this.#listeners.delete(host);
    for (const stream of [...this.#streams]) if (stream.touches(host)) stream.break();
  }

  /** Nothing passes between the two until `mend`; what stands between them breaks. */
  cut(a: string, b: string): void {
    this.#cut.add(pair(a, b));
    for (const stream of [...this.#streams]) if (stream.touches(a) && stream.touches(b)) stream.break();
  }

  mend(): void {
    this.#cut.clear();
  }

  connect(from: string, to: string, events: TransportEvents, connected: () => void): Transport {
    const stream = new FakeStream(this.#clock, this.#latencyMs, from, to, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    stream.client.events = events;
    this.#clock.schedule(this.#latencyMs(), () => {
      const accept = this.#cut.has(pair(from, to)) ? undefined : this.#listeners.get(to);
      const taken = stream.isBroken ? null : (accept?.(stream.server) ?? null);
      if (taken === null) {
        stream.break();
        return;
      }
      stream.server.open(taken);
      stream.client.open(events);
      connected();
    });
    return stream.client;
  }
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

class FakeStream {
  readonly client: FakeEnd;
  readonly server: FakeEnd;
  readonly #hosts: readonly string[];
  readonly #gone: () => void;
  isBroken = false;

  constructor(clock: Clock, latencyMs: () => number, from: string, to: string, gone: () => void) {
    this.#hosts = [from, to];
    this.#gone = gone;
    this.client = new FakeEnd(clock, latencyMs, this);
    this.server = new FakeEnd(clock, latencyMs, this);
    this.client.peer = this.server;
    this.server.peer = this.client;
  }

  touches(host: string): boolean {
    return this.#hosts.includes(host);
  }

  break(): void {
    if (this.isBroken) return;
    this.isBroken = true;
    this.#gone();
    this.client.closed();
    this.server.closed();
  }
}

class FakeEnd implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  events: TransportEvents | undefined;
  peer!: FakeEnd;
  readonly #clock: Clock;
  readonly #latencyMs: () => number;
  readonly #stream: FakeStream;
  #landing: Uint8Array | undefined;
  #isPaused = false;
  /** Came, and is not read. */
  #arrived: Uint8Array[] = [];
  #dueMs = 0;
  #isClosed = false;

  constructor(clock: Clock, latencyMs: () => number, stream: FakeStream) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#stream = stream;
  }

  open(events: TransportEvents): void {
    this.events = events;
    this.#landing = events.landing();
    this.#read();
  }

  cork(): void {
    // Every write goes out at once.
  }

  uncork(): void {
    // As above.
  }

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    if (this.#isClosed || this.#stream.isBroken) {
      done?.(true);
      return;
    }
    const copy = Uint8Array.from(bytes);
    // A stream keeps its order, whatever the latency of each piece.
    this.#dueMs = Math.max(this.#dueMs, this.#clock.monotonicMs() + this.#latencyMs());
    this.#clock.schedule(this.#dueMs - this.#clock.monotonicMs(), () => this.peer.#arrive(copy));
    done?.(false);
  }

  #arrive(bytes: Uint8Array): void {
    if (this.#isClosed || this.#stream.isBroken) return;
    this.#arrived.push(bytes);
    this.#read();
  }

  #read(): void {
    while (this.#landing !== undefined && !this.#isPaused && !this.#isClosed && this.#arrived.length > 0) {
      const next = this.#arrived[0]!;
      const length = Math.min(next.length, this.#landing.length);
      this.#landing.set(next.subarray(0, length));
      if (length === next.length) this.#arrived.shift();
      else this.#arrived[0] = next.subarray(length);
      this.events!.received(length);
      if (!this.#isClosed) this.#landing = this.events!.landing();
    }
  }

  unsentBytes(): number {
    return 0;
  }

  pauseReading(): void {
    this.#isPaused = true;
  }

  resumeReading(): void {
    this.#isPaused = false;
    this.#read();
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    this.#clock.schedule(0, () => this.#stream.break());
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arrived = [];
    this.#clock.schedule(0, () => this.events?.closed(undefined));
  }
}
