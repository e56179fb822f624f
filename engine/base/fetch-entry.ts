/**
 * One partition of a Fetch, in Int32 words: as it lies in a list chunk between threads, or in the memory of the thread
 * that asks. Offsets are wide (two words). The owner of the partition fills in what comes after `budget`.
 */
export const fetchEntry = {
  row: 0,
  topicGeneration: 1,
  /** -1 where the client does not say. */
  currentLeaderEpoch: 2,
  lastFetchedEpoch: 3,
  fetchOffset: 4,
  /** What the client takes of this partition at most. */
  maxBytes: 6,
  /** What this answer has room for; with the bit `atLeastOneBatch` its first batch is read however large it is. */
  budget: 7,
  errorCode: 8,
  highWatermark: 9,
  lastStableOffset: 11,
  logStartOffset: 13,
  /** Bytes there are to read, as an estimate, up to `maxBytes`. */
  readable: 15,
  /** Chunk of the owner's arena with the records, one count held for the one that asks; -1 without any. */
  chunk: 16,
  length: 17,
  /** Where the logs of client and leader part (KIP-320, KIP-595); -1 where they do not. */
  divergingEpoch: 18,
  divergingEndOffset: 19,
  leaderEpoch: 21,
  /** Of a follower: where its log begins. */
  followerLogStartOffset: 22,
  /** Result: the node that a consumer had better read from (KIP-392), -1 for this one. */
  preferredReplica: 24,
} as const;

export const fetchEntryWords = 25;

/** `budget` of the first partition that has something: its first batch is answered even if it is over every limit. */
export const atLeastOneBatch = 1 << 30;
