import { limits } from '../base/limits.ts';
import type { Transport, TransportEvents } from '../base/transport.ts';
import { Exchange } from './exchange.ts';
import { IngressBuffer } from './ingress-buffer.ts';
import type { IngressMemory } from './ingress-memory.ts';

/** What the requests of a connection are handed to. */
export interface RequestHandler {
  /**
   * Starts a request. False: it can't start now (a barrier, a missing credit, a codec being loaded); the handler calls
   * `connection.proceed()` when that may have changed, and gets a new exchange for the same frame.
   */
  start(exchange: Exchange): boolean;
  /** A reply became ready: `connection.flush()` is to be called before the turn ends. */
  replyReady(connection: Connection): void;
  /** Its answer goes to the socket now. */
  sending(exchange: Exchange): void;
  /** A request that counted among those under way is answered or given up. */
  finished(): void;
  closed(connection: Connection, reason: string): void;
  /** Nothing is under way on the connection, unsent or half read: it may be let go. */
  quiet?(connection: Connection): void;
  nowMs(): number;
}

export interface ConnectionSettings {
  /** `socket.request.max.bytes`. */
  readonly requestMaxBytes: number;
  readonly listenerName: string;
}

/** Cuts a stream into requests, and sends their replies in the same order. */
export class Connection implements TransportEvents {
  readonly memory: IngressMemory;
  readonly settings: ConnectionSettings;
  transport!: Transport;
  /** What the dispatcher knows of the peer (principal, client software, ...). */
  session: unknown = undefined;
  lastActiveMs: number;
  isClosed = false;
  private readonly handler: RequestHandler;
  private readonly buffer: IngressBuffer;
  private readingPaused = false;
  private cutting = false;
  private waitsForMemory = false;
  /** Since when the oldest frame waits for its start; -1 when none does. */
  private waitingSinceMs = -1;
  private isPeerDone = false;
  private inFlight: Exchange[] = [];
  private inFlightHead = 0;

  constructor(memory: IngressMemory, handler: RequestHandler, settings: ConnectionSettings) {
    this.memory = memory;
    this.handler = handler;
    this.settings = settings;
    this.buffer = new IngressBuffer(memory);
    this.lastActiveMs = handler.nowMs();
  }

  /** Requests started and not yet sent off. */
  get inFlightCount(): number {
    return this.inFlight.length - this.inFlightHead;
  }

  /** The newest request in flight before `exchange`: it decides whether `exchange` may start beside it. */
  newestBefore(exchange: Exchange): Exchange | undefined {
    const last = this.inFlight.length - 1;
    const index = this.inFlight[last] === exchange ? last - 1 : last;
    return index >= this.inFlightHead ? this.inFlight[index] : undefined;
  }

  landing(): Uint8Array {
    return this.buffer.landing();
  }

  received(length: number): void {
    if (this.isClosed) return;
    this.lastActiveMs = this.handler.nowMs();
    this.buffer.received(length);
    this.cutFrames();
    if (this.isClosed) return;
    const hasRoom = this.buffer.planLanding(length, this.frameWaits());
    this.setReading(hasRoom && this.transport.unsentBytes() <= limits.unsentBytesPerConnection);
    if (!hasRoom && !this.frameWaits()) this.resumeWhenFreed();
  }

  /** Starts what can be started of the frames that have come. */
  proceed(): void {
    if (this.isClosed) return;
    this.cutFrames();
    this.resumeReading();
    if (this.isPeerDone && !this.frameWaits()) this.destroy('closed by the peer');
  }

  /** Called by an exchange that counted among those under way and does no longer, also when the connection is gone. */
  finished(): void {
    this.handler.finished();
  }

  /** Called by an exchange that has its answer. */
  replyReady(): void {
    this.handler.replyReady(this);
  }

  /** Sends the answers that are ready, oldest first, then starts what waited for them. */
  flush(): void {
    if (this.isClosed || this.inFlightHead === this.inFlight.length || !this.inFlight[this.inFlightHead]!.answered)
      return;
    this.transport.cork();
    while (this.inFlightHead < this.inFlight.length && this.inFlight[this.inFlightHead]!.answered) {
      this.handler.sending(this.inFlight[this.inFlightHead]!);
      this.send(this.inFlight[this.inFlightHead]!);
      this.inFlightHead += 1;
    }
    this.transport.uncork();
    this.compactInFlight();
    this.lastActiveMs = this.handler.nowMs();
    this.proceed();
  }

  /** What came whole is still started: a producer with acks=0 sends its last batches and goes. */
  ended(): void {
    this.isPeerDone = true;
    this.proceed();
  }

  closed(error: Error | undefined): void {
    this.tearDown(error === undefined ? 'closed' : error.message);
  }

  /** The kernel took what was queued. */
  drained(): void {
    this.proceed();
    if (this.isQuiet) this.handler.quiet?.(this);
  }

  private get isQuiet(): boolean {
    const { isClosed, isPeerDone, inFlightCount, buffer, transport } = this;
    return !isClosed && !isPeerDone && inFlightCount === 0 && buffer.available === 0 && transport.unsentBytes() === 0;
  }

  /** Takes it out of this thread; null: it stays. Only when it is quiet. */
  takeOut(): number | null {
    const fd = this.transport.takeOut?.() ?? null;
    if (fd === null) return null;
    this.isClosed = true;
    this.buffer.release();
    return fd;
  }

  destroy(reason: string): void {
    if (this.isClosed) return;
    this.tearDown(reason);
    this.transport.destroy();
  }

  private send(exchange: Exchange): void {
    const { parts, sent } = exchange;
    exchange.parts = undefined;
    exchange.sent = undefined;
    if (parts === undefined || parts.length === 0) {
      sent?.(false);
      return;
    }
    const last = parts.length - 1;
    for (let index = 0; index < last; index++) this.transport.write(parts[index]!);
    this.transport.write(parts[last]!, sent);
  }

  private compactInFlight(): void {
    if (this.inFlightHead === this.inFlight.length) {
      this.inFlight.length = 0;
      this.inFlightHead = 0;
    } else if (this.inFlightHead >= 256) {
      this.inFlight = this.inFlight.slice(this.inFlightHead);
      this.inFlightHead = 0;
    }
  }

  private cutFrames(): void {
    if (this.cutting) return;
    this.cutting = true;
    try {
      while (!this.isClosed && this.cutFrame());
    } finally {
      this.cutting = false;
    }
  }

  private cutFrame(): boolean {
    const { buffer } = this;
    if (buffer.available < 4) return false;
    const size = buffer.frameSize();
    if (size < 0 || size > this.settings.requestMaxBytes) {
      this.destroy(`invalid receive (size = ${size}, socket.request.max.bytes = ${this.settings.requestMaxBytes})`);
      return false;
    }
    if (buffer.available < 4 + size) return false;
    if (this.inFlightCount >= limits.inFlightPerConnection) return false;
    if (this.transport.unsentBytes() > limits.unsentBytesPerConnection) return false;
    const at = buffer.start + 4;
    const sinceMs = this.waitingSinceMs < 0 ? this.lastActiveMs : this.waitingSinceMs;
    const exchange = new Exchange(this, buffer.block!, at, at + size, sinceMs);
    // In the queue before it starts, for it may be answered at once.
    this.inFlight.push(exchange);
    if (!this.handler.start(exchange)) {
      this.waitingSinceMs = sinceMs;
      exchange.releaseRequest();
      if (!this.isClosed) this.inFlight.pop();
      return false;
    }
    if (this.isClosed) return false;
    this.waitingSinceMs = -1;
    buffer.consume(4 + size);
    return true;
  }

  /** True when a whole frame is there that could not start. */
  private frameWaits(): boolean {
    return this.buffer.available >= 4 && this.buffer.available >= 4 + this.buffer.frameSize();
  }

  private resumeReading(): void {
    if (!this.readingPaused || this.isClosed || this.frameWaits() || this.waitsForMemory) return;
    if (this.transport.unsentBytes() > limits.unsentBytesPerConnection) return;
    this.setReading(true);
  }

  private resumeWhenFreed(): void {
    if (this.waitsForMemory) return;
    this.waitsForMemory = true;
    this.memory.whenFreed(() => {
      this.waitsForMemory = false;
      if (this.isClosed) return;
      if (this.buffer.makeRoom()) this.resumeReading();
      else this.resumeWhenFreed();
    });
  }

  private setReading(on: boolean): void {
    if (this.readingPaused !== on) return;
    this.readingPaused = !on;
    if (on) this.transport.resumeReading();
    else this.transport.pauseReading();
  }

  private tearDown(reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.buffer.release();
    for (let index = this.inFlightHead; index < this.inFlight.length; index++) {
      const exchange = this.inFlight[index]!;
      const { sent } = exchange;
      exchange.parts = undefined;
      exchange.sent = undefined;
      sent?.(true);
    }
    this.inFlight.length = 0;
    this.inFlightHead = 0;
    this.handler.closed(this, reason);
  }
}
