import type { Transport } from '../../engine/base/transport.ts';
import { Connection, type RequestHandler } from '../../engine/net/connection.ts';
import type { Exchange } from '../../engine/net/exchange.ts';
import { Metrics } from '../../engine/node/metrics.ts';
import { HeapBudget, ShardIngress } from '../../engine/node/shard-ingress.ts';
import { Waiters } from '../../engine/node/waiters.ts';
import { Arena } from '../../engine/ring/arena.ts';

/** A socket whose kernel is the test: reads land where the connection said right after the read before. */
export class FakeTransport implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  readonly written: Buffer[] = [];
  isPaused = false;
  isDestroyed = false;
  /** Set to keep what is written from being taken by the kernel. */
  holdsWrites = false;
  private held: { bytes: number; done: ((failed: boolean) => void) | undefined }[] = [];
  private target: Uint8Array = new Uint8Array(0);
  private connection!: Connection;
  private pending: Uint8Array[] = [];

  attach(connection: Connection): void {
    this.connection = connection;
    connection.transport = this;
    this.target = connection.landing();
  }

  /** Bytes come from the peer; those behind a pause wait for its end. Answers how many were taken. */
  deliver(bytes: Uint8Array): void {
    this.pending.push(bytes);
    this.pump();
  }

  cork(): void {}
  uncork(): void {}

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    this.written.push(Buffer.from(bytes));
    if (this.holdsWrites) this.held.push({ bytes: bytes.length, done });
    else done?.(false);
  }

  /** The kernel takes all that is queued. */
  takeWrites(): void {
    this.holdsWrites = false;
    const held = this.held;
    this.held = [];
    for (const { done } of held) done?.(false);
    this.connection.drained();
  }

  unsentBytes(): number {
    return this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  pauseReading(): void {
    this.isPaused = true;
  }

  resumeReading(): void {
    this.isPaused = false;
    queueMicrotask(() => this.pump());
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.isDestroyed) return;
    this.isDestroyed = true;
    const held = this.held;
    this.held = [];
    for (const { done } of held) done?.(true);
    this.connection.closed(undefined);
  }

  private pump(): void {
    while (this.pending.length > 0 && !this.isPaused && !this.isDestroyed) {
      const bytes = this.pending[0]!;
      const length = Math.min(bytes.length, this.target.length);
      this.target.set(bytes.subarray(0, length));
      if (length === bytes.length) this.pending.shift();
      else this.pending[0] = bytes.subarray(length);
      this.connection.received(length);
      if (!this.isDestroyed) this.target = this.connection.landing();
    }
  }
}

export interface ConnectionFixtureOptions {
  readonly slabs?: number;
  readonly requestMaxBytes?: number;
  readonly heapBudgetBytes?: number;
  /** Where false, a request can't start now. */
  readonly mayStart?: () => boolean;
  /** Answers each request at once, with its own bytes. */
  readonly echoes?: boolean;
}

/** A connection over a real arena and a transport of the test's. */
export class ConnectionFixture implements RequestHandler {
  readonly arena: Arena;
  readonly metrics = new Metrics(Metrics.allocate());
  readonly heapWord = HeapBudget.allocate(1);
  private readonly waiters = new Waiters(() => {});
  readonly memory: ShardIngress;
  readonly transport = new FakeTransport();
  readonly connection: Connection;
  readonly started: Exchange[] = [];
  readonly requests: Buffer[] = [];
  closedFor: string | undefined;
  private readonly idleCounts: number;
  private readonly options: ConnectionFixtureOptions;
  private readonly ready = new Set<Connection>();

  constructor(options: ConnectionFixtureOptions = {}) {
    this.options = options;
    this.arena = new Arena({
      slabs: options.slabs ?? 12,
      smallestBytes: 1024,
      largestBytes: 4 * 1024 * 1024,
      reservedSlabs: [1, 1, 1, 1],
      holders: 1,
      self: 0,
      poison: true,
      view: (buffer) => new Uint8Array(buffer),
    });
    const budget = new HeapBudget(this.heapWord, 0, options.heapBudgetBytes ?? 64 * 1024 * 1024);
    this.memory = new ShardIngress(this.arena, 0, budget, this.metrics, this.waiters);
    this.idleCounts = this.arena.stats().heldCounts;
    const requestMaxBytes = options.requestMaxBytes ?? 100 * 1024 * 1024;
    this.connection = new Connection(this.memory, this, { requestMaxBytes, listenerName: 'PLAINTEXT' });
    this.transport.attach(this.connection);
  }

  /** Counts on chunks beyond the shared landing place. */
  get heldCounts(): number {
    return this.arena.stats().heldCounts - this.idleCounts;
  }

  get heapKib(): number {
    return new Int32Array(this.heapWord)[0]!;
  }

  start(exchange: Exchange): boolean {
    if (this.options.mayStart?.() === false) return false;
    exchange.overlapsKey = 0;
    this.started.push(exchange);
    const bytes = Buffer.from(exchange.bytes.subarray(exchange.start, exchange.end));
    this.requests.push(bytes);
    if (this.options.echoes === true) exchange.answer([bytes]);
    return true;
  }

  replyReady(connection: Connection): void {
    this.ready.add(connection);
  }

  finished(): void {}

  sending(): void {}

  closed(_connection: Connection, reason: string): void {
    this.closedFor = reason;
  }

  nowMs(): number {
    return 0;
  }

  /** The end of a turn. */
  async turn(): Promise<void> {
    for (let round = 0; round < 100; round++) {
      const ready = [...this.ready];
      this.ready.clear();
      for (const connection of ready) connection.flush();
      this.waiters.retry();
      await null;
      if (this.ready.size === 0) return;
    }
  }
}

/** A frame as a client sends it: size, then a body that tells of its number. */
export function requestFrame(number: number, bodyBytes: number): Buffer {
  const frame = Buffer.alloc(4 + bodyBytes, number & 0xff);
  frame.writeInt32BE(bodyBytes, 0);
  return frame;
}
