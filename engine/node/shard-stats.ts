import type { ThreadIndex } from '../base/brands.ts';
import type { ArenaStats } from '../ring/arena.ts';

/** What a shard holds and waits for at one moment: with nothing to do, all of it returns to what it was at the start. */
export interface ShardStats {
  readonly shard: ThreadIndex;
  readonly arena: ArenaStats;
  readonly links: readonly LinkStats[];
  readonly connections: number;
  /** Requests started and not answered. */
  readonly requestsUnderWay: number;
  /** Fetch calls of connections here, and parts of other threads' calls. */
  readonly fetchCalls: number;
  readonly fetchGuests: number;
  /** Requests that wait for a credit, memory, or their turn. */
  readonly waiting: number;
  /** Request and answer bytes outside the arena. */
  readonly heapBytes: number;
  /** The same of all shards, at that moment. */
  readonly heapBytesOfAll: number;
  readonly partitions: number;
}

export interface LinkStats {
  readonly thread: ThreadIndex;
  readonly creditsOutstanding: number;
  readonly pending: number;
  readonly returnsPending: number;
  readonly controlQueued: number;
}
