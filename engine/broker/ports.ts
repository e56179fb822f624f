import type { FetchReader } from '../base/fetch-reader.ts';
import { type ProduceDetail, produceEntryWords } from '../base/produce-entry.ts';

/** What one Produce request asks of the partitions, and what came of it. */
export class ProduceCall {
  /** What the entries' `from` and `length` are positions in. */
  readonly bytes: Uint8Array;
  /** The arena's chunk that the batches lie in, or -1 for the heap. */
  readonly chunk: number;
  readonly acks: number;
  readonly timeoutMs: number;
  /** `produceEntryWords` words an entry (engine/base/produce-entry.ts). Plain arrays: most requests have one entry. */
  readonly words: number[] = [];
  /** The thread that owns each entry's partition. */
  readonly shards: number[] = [];
  count = 0;
  private remaining = 0;
  private readonly onAppended: (index: number, errorCode: number, baseOffset: number, timeMs: number) => void;
  private readonly onFinished: () => void;
  details: Map<number, ProduceDetail> | undefined;

  constructor(
    bytes: Uint8Array,
    chunk: number,
    acks: number,
    timeoutMs: number,
    onAppended: (index: number, errorCode: number, baseOffset: number, timeMs: number) => void,
    onFinished: () => void,
  ) {
    this.bytes = bytes;
    this.chunk = chunk;
    this.acks = acks;
    this.timeoutMs = timeoutMs;
    this.onAppended = onAppended;
    this.onFinished = onFinished;
  }

  /** Adds an entry; answers its index. */
  add(shard: number, row: number, topicGeneration: number, from: number, length: number): number {
    const index = this.count;
    this.words.push(row, topicGeneration, from, length);
    for (let word = 4; word < produceEntryWords; word++) this.words.push(0);
    this.shards.push(shard);
    this.count += 1;
    this.remaining += 1;
    return index;
  }

  /** One batch's outcome; the last one finishes the call. */
  appended(
    index: number,
    errorCode: number,
    baseOffset: number,
    logAppendTimeMs: number,
    detail: ProduceDetail | undefined,
  ): void {
    if (detail !== undefined) {
      this.details ??= new Map();
      this.details.set(index, detail);
    }
    this.onAppended(index, errorCode, baseOffset, logAppendTimeMs);
    this.remaining -= 1;
    if (this.remaining === 0) this.onFinished();
  }
}

/** Appends, wherever the partition's owner is. */
export interface ProducePort {
  /** False: a credit or memory is missing, nothing was started, and `resume` is called when to try again. */
  start(call: ProduceCall, resume: () => void): boolean;
}

/** Records that are read: a piece of some thread's arena, given back by `release` when it has been sent. */
export interface FetchedRecords {
  readonly bytes: Uint8Array;
  release(): void;
}

/** One partition of a Fetch: what is asked, and what came of it. */
export class FetchTarget {
  /** For counting. */
  topicRow = -1;
  readonly shard: number;
  readonly row: number;
  readonly topicGeneration: number;
  readonly currentLeaderEpoch: number;
  readonly lastFetchedEpoch: number;
  readonly fetchOffset: number;
  readonly maxBytes: number;
  /** Of a follower: where its log begins. */
  followerLogStartOffset = -1;
  errorCode = 0;
  highWatermark = -1;
  lastStableOffset = -1;
  logStartOffset = -1;
  divergingEpoch = -1;
  divergingEndOffset = -1;
  leaderEpoch = -1;
  preferredReplica = -1;
  records: FetchedRecords | undefined;

  constructor(
    shard: number,
    row: number,
    topicGeneration: number,
    currentLeaderEpoch: number,
    lastFetchedEpoch: number,
    fetchOffset: number,
    maxBytes: number,
  ) {
    this.shard = shard;
    this.row = row;
    this.topicGeneration = topicGeneration;
    this.currentLeaderEpoch = currentLeaderEpoch;
    this.lastFetchedEpoch = lastFetchedEpoch;
    this.fetchOffset = fetchOffset;
    this.maxBytes = maxBytes;
  }
}

export interface FetchCall {
  /** In the order of the request: budgets are dealt in it. */
  readonly targets: readonly FetchTarget[];
  readonly reader: FetchReader;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxWaitMs: number;
  /** Called once; the records of all targets are then the caller's to release. */
  done(): void;
}

/** Reads, wherever the partitions' owners are. */
export interface FetchPort {
  /**
   * False: a credit or memory is missing, nothing was started, and `resume` is called when to try again. Otherwise
   * `cancel` gives the call up (its connection is gone): `done` still comes, once.
   */
  start(call: FetchCall, resume: () => void): { cancel(): void } | false;
}
