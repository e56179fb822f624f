/**
 * The shared metadata columns, in one place. Word positions within a row; word 0 is the row's sequence. A row is one
 * cache line, so rows written by different threads don't share one.
 */
export const rowWords = 16;

/** Topic rows, written by the coordinator. */
export const topicColumn = {
  /** Four words, big-endian halves of the 16 bytes. */
  id: 1,
  name: 5,
  nameHash: 6,
  partitionCount: 7,
  /** First of contiguous partition rows, or the complement of the ref of a list of runs. */
  partitionRows: 8,
  config: 9,
  flags: 10,
  /** Goes up whenever the row gets another tenant. */
  generation: 11,
  /** Next row of the same chain, plus one. */
  nextByName: 12,
  nextById: 13,
} as const;

export const topicFlag = { live: 1, internal: 2 } as const;

/** Partition rows, written by the coordinator. Lists are refs into shared bytes. */
export const partitionColumn = {
  live: 1,
  topicRow: 2,
  partition: 3,
  topicGeneration: 4,
  leader: 5,
  leaderEpoch: 6,
  partitionEpoch: 7,
  leaderRecoveryState: 8,
  replicas: 9,
  isr: 10,
  elr: 11,
  lastKnownElr: 12,
  removingReplicas: 13,
  addingReplicas: 14,
  /** 16 bytes a replica, in the order of `replicas`. */
  directories: 15,
} as const;

/** A runtime row has a second line: where its partition's log is being moved to, which is seldom written and read. */
export const runtimeRowWords = 32;

/** Runtime rows, with the numbers of the partition rows, written by the shard that owns the partition. */
export const runtimeColumn = {
  /** Index of the log directory, or -1: the partition has no log yet. */
  logDirectory: 1,
  logStartOffset: 2,
  logEndOffset: 4,
  highWatermark: 6,
  recoveryPoint: 8,
  sizeBytes: 10,
  /** Wall clock milliseconds at which retention next looks; 0 = not set. */
  nextRetentionMs: 12,
  /** Below, a compacted log was cleaned; 0 = nowhere. */
  cleanedOffset: 14,
  /** Index of the log directory that has a future log, or -1. */
  futureDirectory: 16,
  /** 1: the future log has caught up, and the controller is to be told its directory (KIP-858). */
  isPromoting: 17,
  futureEndOffset: 18,
  futureSizeBytes: 20,
  futureRecoveryPoint: 22,
} as const;

/** Words of the head buffer: counts of rows ever used, then the heads of both kinds of chain. */
export const headWord = { topicRows: 0, partitionRows: 32, chains: 64 } as const;
