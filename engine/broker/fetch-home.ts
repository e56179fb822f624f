import { limits } from '../base/limits.ts';

/**
 * Notes on which shards the records lie that a connection fetches. Where most of them are another shard's the connection
 * is better off there: each of its requests would wake two threads, and wait for both.
 */
export class FetchHome {
  /** The session that its last fetch belonged to; it goes along. */
  sessionId = 0;
  private readonly self: number;
  private readonly bytes: Float64Array;
  private total = 0;
  /** A connection that came from another shard stays for a while, whatever it fetches. */
  private readonly staysUntilMs: number;

  constructor(self: number, shards: number, staysUntilMs: number) {
    this.self = self;
    this.bytes = new Float64Array(shards);
    this.staysUntilMs = staysUntilMs;
  }

  note(shard: number, bytes: number): void {
    this.bytes[shard]! += bytes;
    this.total += bytes;
  }

  /** The other shard that most of what was fetched since the last answer lies on, told once so much was; or -1. */
  elsewhere(nowMs: number): number {
    if (this.total < limits.homeAfterBytes || nowMs < this.staysUntilMs) return -1;
    const most = this.bytes.indexOf(Math.max(...this.bytes));
    const isHome = most !== this.self && this.bytes[most]! >= this.total * limits.homeShare;
    this.bytes.fill(0);
    this.total = 0;
    return isHome ? most : -1;
  }
}
