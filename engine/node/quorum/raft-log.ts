import type { LeaderEpoch, Offset } from '../../base/brands.ts';
import type { OffsetAndEpoch } from '../../raft/types.ts';

/** Null on success. A failure is final: the directory is offline and the node cannot go on. */
export type LogDone = (error: Error | null) => void;

/** The log under the Raft driver: whole batches, leader epochs in them. Calls are carried out in their order. */
export interface RaftLog {
  /** The first offset still held. */
  startOffset(): Offset;
  /** The next offset and the epoch of the last record, 0 where there was none; moves with `append` and `truncate`. */
  end(): OffsetAndEpoch;
  /** The end of the largest epoch not above `epoch`; null where the log knows of none. */
  endOfEpoch(epoch: LeaderEpoch): OffsetAndEpoch | null;
  sizeBytes(): number;
  /** Writes one batch that continues the log. The bytes must not change any more. Throws where the log has failed. */
  append(bytes: Uint8Array): void;
  /** Makes all that was appended before durable. */
  flush(done: LogDone): void;
  /**
   * Whole batches from the one with `from` in it on, of at most `maxBytes` unless the first alone is larger, none that
   * ends beyond `upTo`.
   */
  read(from: Offset, upTo: Offset, maxBytes: number, done: (error: Error | null, bytes: Uint8Array) => void): void;
  /** Removes the batches at and above `offset`. */
  truncate(offset: Offset, done: LogDone): void;
  /** Lets the log start at `offset`, the end of a snapshot; whole segments below may go. */
  startAt(offset: Offset, done: LogDone): void;
  /** Empties the log and lets it go on behind a snapshot. */
  resetTo(end: OffsetAndEpoch, done: LogDone): void;
  close(done: LogDone): void;
}
