/**
 * A byte stream to one peer, as engine/net sees it. All calls and events are on one thread.
 */
export interface Transport {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** Gathers what follows into as few system calls as can be, until `uncork`. */
  cork(): void;
  uncork(): void;
  /**
   * Queues bytes. `done` is called exactly once, when the memory may be used again: written, copied, failed or closed.
   * It may be called before `write` or `uncork` returns.
   */
  write(bytes: Uint8Array, done?: (failed: boolean) => void): void;
  /** Bytes queued and not yet taken by the kernel. */
  unsentBytes(): number;
  pauseReading(): void;
  resumeReading(): void;
  /** Sends what is queued, then closes. */
  end(): void;
  /**
   * Takes the connection out of this thread, without an effect on it, under a descriptor of its own, which the caller has
   * to see closed in the end. Nothing may be unsent. Null: it stays.
   */
  takeOut?(): number | null;
  /** Closes at once. With `reset` the peer is told so by a reset: it loses what it has not read yet. */
  destroy(reset?: boolean): void;
}

/** What a Transport tells its owner. */
export interface TransportEvents {
  /**
   * Where the next read is to land. Asked right after a read, not when bytes come: an idle connection keeps pointing
   * at what it was given, so idle connections share one landing place.
   */
  landing(): Uint8Array;
  /** `length` bytes came, in the memory last answered by `landing`. */
  received(length: number): void;
  /** The kernel has taken all that was written: `unsentBytes` is zero again. */
  drained?(): void;
  /** The peer is done sending. The way to it stays open until `end` or `destroy`, which the owner must call. */
  ended(): void;
  /** Gone, for whatever reason; no event follows. Every write's `done` has been or will be called. */
  closed(error: Error | undefined): void;
}

export interface Listener {
  readonly port: number;
  /** Stops accepting; open transports stay. Calling again takes it up. */
  pause(): void;
  resume(): void;
  close(done: () => void): void;
}
