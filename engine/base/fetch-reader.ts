/** Who reads: the same for all partitions of a Fetch. */
export interface FetchReader {
  readonly readCommitted: boolean;
  /** Of a follower the node's id; else one of `readerId`: who compares replicas reads any of them. */
  readonly replicaId: number;
  /** Of a follower the epoch of its registration; -1: it does not say. */
  readonly brokerEpoch: number;
  /** A reader that does not know of followers reads of leaders only (KIP-392). */
  readonly onlyOfLeaders: boolean;
  /** Of a consumer that had better read from its own rack: that (see `rackHash`); else 0. */
  readonly rack: number;
}

/** In place of a node's id. */
export const readerId = { consumer: -1, comparer: -2 } as const;

/** Consumers read what is committed, all others what is there. */
export function readsToLogEnd({ replicaId }: FetchReader): boolean {
  return replicaId !== readerId.consumer;
}
