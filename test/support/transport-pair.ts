import type { Transport, TransportEvents } from '#engine/base/transport.ts';

/**
 * One end of a connection between two parts of the same process. What is written arrives in a later microtask, in
 * pieces no larger than the other end's landing place.
 */
class PairedTransport implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  events!: TransportEvents;
  peer!: PairedTransport;
  private isClosed = false;
  private isPaused = false;
  private arrived: Uint8Array[] = [];

  cork(): void {}

  uncork(): void {}

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    if (!this.isClosed) this.peer.arrived.push(bytes.slice());
    done?.(this.isClosed);
    queueMicrotask(() => this.peer.deliver());
  }

  unsentBytes(): number {
    return 0;
  }

  pauseReading(): void {
    this.isPaused = true;
  }

  resumeReading(): void {
    this.isPaused = false;
    queueMicrotask(() => this.deliver());
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    for (const side of [this, this.peer]) {
      if (side.isClosed) continue;
      side.isClosed = true;
      queueMicrotask(() => side.events.closed(undefined));
    }
  }

  private deliver(): void {
    while (!this.isClosed && !this.isPaused && this.arrived.length > 0) {
      const bytes = this.arrived.shift()!;
      const landing = this.events.landing();
      const length = Math.min(landing.length, bytes.length);
      landing.set(bytes.subarray(0, length));
      if (length < bytes.length) this.arrived.unshift(bytes.subarray(length));
      this.events.received(length);
    }
  }
}

/** Connects to whoever accepts; `accept` answers null to refuse. */
export function connectPair(
  accept: (transport: Transport) => TransportEvents | null,
  events: TransportEvents,
  connected: () => void,
): Transport {
  const near = new PairedTransport();
  const far = new PairedTransport();
  near.peer = far;
  far.peer = near;
  near.events = events;
  const accepted = accept(far);
  if (accepted === null) {
    queueMicrotask(() => events.closed(undefined));
    return near;
  }
  far.events = accepted;
  queueMicrotask(connected);
  return near;
}
