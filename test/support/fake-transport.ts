import type { Transport, TransportEvents } from '../../engine/base/transport.ts';

/** One end of a connection whose other end is the test. */
export class FakeTransport implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  readonly events: TransportEvents;
  readonly connected: () => void;
  written = Buffer.alloc(0);
  isDestroyed = false;

  constructor(events: TransportEvents, connected: () => void) {
    this.events = events;
    this.connected = connected;
  }

  cork(): void {}

  uncork(): void {}

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    this.written = Buffer.concat([this.written, bytes]);
    done?.(false);
  }

  unsentBytes(): number {
    return 0;
  }

  pauseReading(): void {}

  resumeReading(): void {}

  end(): void {
    this.isDestroyed = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  /** The peer sends; it lands as the kernel would put it. */
  receive(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const landing = this.events.landing();
      const part = bytes.subarray(at, at + landing.length);
      landing.set(part);
      at += part.length;
      this.events.received(part.length);
    }
  }

  /** The requests written since the last call, without their sizes. */
  takeFrames(): Buffer[] {
    const frames: Buffer[] = [];
    let at = 0;
    while (this.written.length - at >= 4) {
      const end = at + 4 + this.written.readInt32BE(at);
      if (end > this.written.length) break;
      frames.push(this.written.subarray(at + 4, end));
      at = end;
    }
    this.written = this.written.subarray(at);
    return frames;
  }
}
