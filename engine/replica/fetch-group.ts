import { atLeastOneBatch, fetchEntry, fetchEntryWords } from '../base/fetch-entry.ts';
import type { FetchReader } from '../base/fetch-reader.ts';
import { getWide, putWide } from '../base/words.ts';
import { LogError } from '../log/log-error.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Partition } from './partition.ts';

/** More replacements of segments than that do not come between look-up and read. */
const mostTries = 4;

/** Memory that records are read into: an arena, with one count held for whoever gets the answer. */
export interface FetchMemory {
  /** A chunk of at least `minBytes`, or -1. Followers wait for no clients. */
  allocate(minBytes: number, isOfFollower: boolean): number;
  /** Its first `bytes` bytes. */
  view(chunk: number, bytes: number): Uint8Array;
  release(chunk: number): void;
  readonly largestChunkBytes: number;
  /** What a single batch may have, which may not fit any chunk. */
  readonly largestBatchBytes: number;
  whenFreed(retry: () => void): void;
}

/** Where partitions of this thread are found. */
export interface PartitionSource {
  /** The partition that this shard leads, or an error code (a negative number is no code: see `isCode`). */
  find(row: number, topicGeneration: number): Partition | number;
  /** The same, also where another node leads it. */
  findReplica(row: number, topicGeneration: number): Partition | number;
}

/**
 * The partitions of one Fetch that one thread owns. Its entries lie in `words` (engine/base/fetch-entry.ts), which may be
 * memory of the thread that asks.
 */
export class FetchGroup {
  readonly count: number;
  private readonly words: Int32Array;
  private readonly base: number;
  private readonly reader: FetchReader;
  private readonly source: PartitionSource;
  private readonly memory: FetchMemory;
  private readonly partitions: (Partition | undefined)[] = [];
  private onMore: (() => void) | undefined;
  private pendingReads = 0;
  private starved = false;
  private isCancelled = false;
  /** True when an entry has an error or a divergence: that is to be answered at once. */
  mustAnswer = false;
  readable = 0;

  constructor(
    words: Int32Array,
    base: number,
    count: number,
    reader: FetchReader,
    source: PartitionSource,
    memory: FetchMemory,
  ) {
    this.words = words;
    this.base = base;
    this.count = count;
    this.reader = reader;
    this.source = source;
    this.memory = memory;
  }

  /** Looks at every partition: what there is to read, or what stands against it. Calls `done` when all are open. */
  probe(done: () => void): void {
    let opening = 1;
    const opened = (): void => {
      opening -= 1;
      if (opening === 0) {
        if (this.isOfFollower) this.noteFollower();
        this.evaluate();
        done();
      }
    };
    for (let index = 0; index < this.count; index++) {
      const at = this.at(index);
      this.words[at + fetchEntry.chunk] = -1;
      this.words[at + fetchEntry.preferredReplica] = -1;
      this.words[at + fetchEntry.length] = 0;
      const found = this.find(this.words[at + fetchEntry.row]!, this.words[at + fetchEntry.topicGeneration]!);
      if (typeof found === 'number') {
        this.partitions.push(undefined);
        this.fail(at, found);
        continue;
      }
      this.partitions.push(found);
      if (found.isOpening) {
        opening += 1;
        found.whenOpen(opened);
      }
    }
    opened();
  }

  /** There is something else to say than that there are no records. */
  private mustTell(at: number): boolean {
    const { words } = this;
    const isElsewhere = words[at + fetchEntry.preferredReplica] !== -1;
    return words[at + fetchEntry.errorCode] !== 0 || words[at + fetchEntry.divergingEpoch] !== -1 || isElsewhere;
  }

  private get isOfFollower(): boolean {
    return this.reader.replicaId >= 0;
  }

  private find(row: number, topicGeneration: number): Partition | number {
    return this.reader.onlyOfLeaders
      ? this.source.find(row, topicGeneration)
      : this.source.findReplica(row, topicGeneration);
  }

  /** What a follower asks for tells how far it is. Where its log parts from the leader's it tells nothing. */
  private noteFollower(): void {
    const { words } = this;
    const { replicaId, brokerEpoch } = this.reader;
    this.partitions.forEach((partition, index) => {
      if (partition === undefined) return;
      const at = this.at(index);
      this.evaluateOne(at, partition);
      if (words[at + fetchEntry.errorCode] !== 0 || words[at + fetchEntry.divergingEpoch] !== -1) return;
      const fetchOffset = getWide(words, at + fetchEntry.fetchOffset);
      const logStartOffset = getWide(words, at + fetchEntry.followerLogStartOffset);
      const refused = partition.followerFetched(replicaId, fetchOffset, logStartOffset, brokerEpoch);
      if (refused === 0) return;
      this.fail(at, refused);
      this.partitions[index] = undefined;
    });
  }

  /** Calls `onMore` whenever there may be more to read, or something else to say, than the last evaluation told. */
  watch(onMore: () => void): void {
    this.onMore = onMore;
    for (const partition of this.partitions) {
      if (partition === undefined) continue;
      (this.isOfFollower ? partition.followerWatches : partition.watches).add(this);
    }
  }

  /** A watched partition moved. */
  moved(): void {
    this.onMore?.();
  }

  evaluate(): void {
    this.readable = 0;
    this.mustAnswer = false;
    for (let index = 0; index < this.count; index++) {
      const at = this.at(index);
      const partition = this.partitions[index];
      if (partition !== undefined) this.evaluateOne(at, partition);
      if (this.mustTell(at)) {
        this.mustAnswer = true;
      }
      this.readable += this.words[at + fetchEntry.readable]!;
    }
  }

  /** Reads every entry up to its budget; `done` when all that was read is in its chunks. The watch ends. */
  read(done: () => void): void {
    this.unwatch();
    this.starved = false;
    this.pendingReads = 1;
    let readBytes = 0;
    const finished = (bytes: number): void => {
      readBytes += bytes;
      this.pendingReads -= 1;
      if (this.pendingReads > 0) return;
      // Nothing at all for want of memory would be an answer that makes the client ask again at once.
      if (this.starved && readBytes === 0 && !this.mustAnswer && !this.isCancelled) {
        this.memory.whenFreed(() => this.read(done));
        return;
      }
      done();
    };
    for (let index = 0; index < this.count; index++) {
      const at = this.at(index);
      const partition = this.partitions[index];
      if (partition === undefined || this.words[at + fetchEntry.errorCode] !== 0) continue;
      this.pendingReads += 1;
      this.readOne(at, partition, finished);
    }
    finished(0);
  }

  cancel(): void {
    this.isCancelled = true;
    this.unwatch();
  }

  private unwatch(): void {
    this.onMore = undefined;
    for (const partition of this.partitions) {
      if (partition === undefined) continue;
      (this.isOfFollower ? partition.followerWatches : partition.watches).delete(this);
    }
  }

  private at(index: number): number {
    return this.base + index * fetchEntryWords;
  }

  private fail(at: number, code: number): void {
    const { words } = this;
    words[at + fetchEntry.errorCode] = code;
    words[at + fetchEntry.readable] = 0;
    words[at + fetchEntry.divergingEpoch] = -1;
    words[at + fetchEntry.leaderEpoch] = -1;
    putWide(words, at + fetchEntry.highWatermark, -1);
    putWide(words, at + fetchEntry.lastStableOffset, -1);
    putWide(words, at + fetchEntry.logStartOffset, -1);
  }

  private evaluateOne(at: number, partition: Partition): void {
    const { words } = this;
    words[at + fetchEntry.divergingEpoch] = -1;
    words[at + fetchEntry.preferredReplica] = -1;
    words[at + fetchEntry.readable] = 0;
    const refused = partition.mayRead(words[at + fetchEntry.currentLeaderEpoch]!, this.reader.onlyOfLeaders);
    if (refused !== 0) {
      this.fail(at, refused);
      words[at + fetchEntry.leaderEpoch] = partition.leaderEpoch;
      return;
    }
    const { log } = partition;
    const fetchOffset = getWide(words, at + fetchEntry.fetchOffset);
    words[at + fetchEntry.errorCode] = 0;
    words[at + fetchEntry.leaderEpoch] = partition.leaderEpoch;
    putWide(words, at + fetchEntry.highWatermark, log.highWatermark);
    putWide(words, at + fetchEntry.lastStableOffset, log.lastStableOffset);
    putWide(words, at + fetchEntry.logStartOffset, log.logStartOffset);
    if (this.diverges(at, partition, fetchOffset)) return;
    if (fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) {
      this.fail(at, errorCode.OFFSET_OUT_OF_RANGE);
      return;
    }
    if (this.reader.rack !== 0) {
      const preferred = partition.preferredReplica(this.reader.rack, fetchOffset);
      words[at + fetchEntry.preferredReplica] = preferred;
      if (preferred >= 0) return;
    }
    if (this.isOfFollower && partition.throttle.holdsBack(this.reader.replicaId, partition.leadership)) return;
    const bytes = log.bytesBetween(fetchOffset, this.bound(partition));
    words[at + fetchEntry.readable] = Math.min(bytes, words[at + fetchEntry.maxBytes]!);
  }

  /** The reader's last epoch does not agree with the leader's log: it must truncate (KIP-320, KIP-595). */
  private diverges(at: number, partition: Partition, fetchOffset: number): boolean {
    const { words } = this;
    const lastFetchedEpoch = words[at + fetchEntry.lastFetchedEpoch]!;
    if (lastFetchedEpoch < 0) return false;
    const end = partition.log.endOffsetFor(lastFetchedEpoch);
    if (end.epoch < 0 || end.endOffset < 0) {
      this.fail(at, errorCode.OFFSET_OUT_OF_RANGE);
      return true;
    }
    if (end.epoch === lastFetchedEpoch && end.endOffset >= fetchOffset) return false;
    words[at + fetchEntry.divergingEpoch] = end.epoch;
    putWide(words, at + fetchEntry.divergingEndOffset, end.endOffset);
    return true;
  }

  private bound(partition: Partition): number {
    if (this.isOfFollower) return partition.log.logEndOffset;
    return this.reader.readCommitted ? partition.log.lastStableOffset : partition.log.highWatermark;
  }

  private readOne(at: number, partition: Partition, finished: (bytes: number) => void, tries = mostTries): void {
    const { words, memory } = this;
    // The leader deals budgets by an earlier look; what the answer says is the state at the read.
    this.evaluateOne(at, partition);
    const dealt = words[at + fetchEntry.budget]!;
    const minOneBatch = (dealt & atLeastOneBatch) !== 0;
    const wanted = Math.min(dealt & ~atLeastOneBatch, words[at + fetchEntry.maxBytes]!, memory.largestChunkBytes);
    const readable = words[at + fetchEntry.readable]! > 0 && words[at + fetchEntry.errorCode] === 0;
    if (!readable || words[at + fetchEntry.divergingEpoch] !== -1 || (wanted === 0 && !minOneBatch)) {
      finished(0);
      return;
    }
    const fetchOffset = getWide(words, at + fetchEntry.fetchOffset);
    const { log } = partition;
    log.locate(fetchOffset, wanted, this.bound(partition), minOneBatch, (error, location) => {
      if (error !== null && tries > 1 && partition.hasLeft(log, error)) {
        this.readOne(at, partition, finished, tries - 1);
      } else if (error !== null) {
        this.failRead(at, partition, error, finished);
      } else if (location.status !== 'found') {
        if (location.status === 'out-of-range') this.fail(at, errorCode.OFFSET_OUT_OF_RANGE);
        finished(0);
      } else {
        // A segment that was replaced or deleted since it was located: what is there now is located again.
        const again = tries > 1 ? () => this.readOne(at, partition, finished, tries - 1) : undefined;
        this.readLocated(at, partition, location, location.lengthBytes, minOneBatch, finished, again);
      }
    });
  }

  private readLocated(
    at: number,
    partition: Partition,
    location: Parameters<Partition['log']['readInto']>[0],
    bytes: number,
    minOneBatch: boolean,
    finished: (bytes: number) => void,
    again: (() => void) | undefined,
  ): void {
    const { memory, words } = this;
    const chunk = memory.allocate(Math.min(bytes, memory.largestBatchBytes), this.isOfFollower);
    if (chunk === -1) {
      this.starved = true;
      finished(0);
      return;
    }
    const target = memory.view(chunk, Math.min(bytes, memory.largestBatchBytes));
    partition.log.readInto(location, target, (error, result) => {
      if (error === null && result.lengthBytes > 0 && !this.isCancelled) {
        words[at + fetchEntry.chunk] = chunk;
        words[at + fetchEntry.length] = result.lengthBytes;
        if (this.isOfFollower) partition.throttle.sent(result.lengthBytes);
        finished(result.lengthBytes);
        return;
      }
      memory.release(chunk);
      const isGone = error instanceof LogError && error.reason === 'gone';
      if (isGone && again !== undefined && !this.isCancelled) {
        again();
      } else if (error !== null) {
        this.failRead(at, partition, error, finished);
      } else if (result.requiredBytes > bytes && minOneBatch && !this.isCancelled) {
        const { requiredBytes } = result;
        if (requiredBytes > memory.largestBatchBytes) this.fail(at, errorCode.MESSAGE_TOO_LARGE);
        const larger = { ...location, lengthBytes: requiredBytes, endOffset: -1 };
        if (requiredBytes > memory.largestBatchBytes) finished(0);
        else this.readLocated(at, partition, larger, requiredBytes, true, finished, again);
      } else {
        finished(0);
      }
    });
  }

  private failRead(at: number, partition: Partition, error: Error, finished: (bytes: number) => void): void {
    this.fail(at, partition.readFailed(error));
    this.mustAnswer = true;
    finished(0);
  }
}
