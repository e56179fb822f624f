import type { Connection } from './connection.ts';
import type { IngressBlock } from './ingress-memory.ts';

/** One request and its reply. Made when its frame is complete; replies leave in the order of the requests. */
export class Exchange {
  readonly connection: Connection;
  /** Where the frame lies. One count is held until `releaseRequest`. */
  private block: IngressBlock | undefined;
  readonly bytes: Uint8Array;
  /** The arena's chunk that the frame lies in, or -1 when it lies on the heap. */
  readonly chunk: number;
  /** Positions in `bytes` of the first byte after the size field, and after the frame. */
  readonly start: number;
  readonly end: number;
  readonly receivedAtMs: number;
  /** Set when it is started: its api, and when that was. */
  apiKey = -1;
  startedAtMs = 0;
  /** A Fetch of a replica, not of a consumer. */
  isOfReplica = false;
  /** Set by the dispatcher: requests of this API may start before this one is answered; -1: none. */
  overlapsKey = -1;
  answered = false;
  /** It counts among the requests under way (`queued.max.requests`). */
  isCounted = false;
  parts: readonly Uint8Array[] | undefined;
  sent: ((failed: boolean) => void) | undefined;

  constructor(connection: Connection, block: IngressBlock, start: number, end: number, receivedAtMs: number) {
    this.connection = connection;
    this.block = block;
    this.bytes = block.bytes;
    this.chunk = block.chunk;
    this.start = start;
    this.end = end;
    this.receivedAtMs = receivedAtMs;
    block.hold();
  }

  /** The request's bytes are not needed any more. */
  releaseRequest(): void {
    this.block?.release();
    this.block = undefined;
  }

  /**
   * Answers with `parts`, which stay unchanged until `sent` is called (exactly once, also when the connection is gone).
   * No parts: nothing is sent, as for acks=0.
   */
  answer(parts: readonly Uint8Array[], sent?: (failed: boolean) => void): void {
    this.finish();
    if (this.connection.isClosed) {
      sent?.(true);
      return;
    }
    this.parts = parts;
    this.sent = sent;
    this.connection.replyReady();
  }

  /** Gives the connection up: what the peer sent, or what became of it, leaves nothing sensible to answer. */
  abort(reason: string): void {
    this.finish();
    this.connection.destroy(reason);
  }

  private finish(): void {
    this.releaseRequest();
    this.answered = true;
    if (!this.isCounted) return;
    this.isCounted = false;
    this.connection.finished();
  }
}
