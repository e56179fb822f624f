import type { LeaderEpoch, Offset } from '../../../engine/base/brands.ts';
import type { LogDone, RaftLog } from '../../../engine/node/quorum/raft-log.ts';
import type { OffsetAndEpoch } from '../../../engine/raft/types.ts';

export interface LogObserver {
  appended(bytes: Uint8Array): void;
  /** All below is durable. */
  flushed(endOffset: Offset): void;
  truncated(offset: Offset): void;
  reset(end: OffsetAndEpoch): void;
}

/** A Raft log whose changes are told, once `observer` is set. */
export class ObservedRaftLog implements RaftLog {
  readonly #log: RaftLog;
  observer: LogObserver | null = null;
  /** Where the log was cut while a flush was under way. */
  #cutTo = Number.POSITIVE_INFINITY;

  constructor(log: RaftLog) {
    this.#log = log;
  }

  startOffset(): Offset {
    return this.#log.startOffset();
  }

  end(): OffsetAndEpoch {
    return this.#log.end();
  }

  endOfEpoch(epoch: LeaderEpoch): OffsetAndEpoch | null {
    return this.#log.endOfEpoch(epoch);
  }

  sizeBytes(): number {
    return this.#log.sizeBytes();
  }

  append(bytes: Uint8Array): void {
    this.observer?.appended(bytes);
    this.#log.append(bytes);
  }

  flush(done: LogDone): void {
    const { offset } = this.end();
    this.#cutTo = Number.POSITIVE_INFINITY;
    this.#log.flush((error) => {
      if (error === null) this.observer?.flushed(Math.min(offset, this.#cutTo));
      done(error);
    });
  }

  read(from: Offset, upTo: Offset, maxBytes: number, done: (error: Error | null, bytes: Uint8Array) => void): void {
    this.#log.read(from, upTo, maxBytes, done);
  }

  truncate(offset: Offset, done: LogDone): void {
    this.#cutTo = Math.min(this.#cutTo, offset);
    this.observer?.truncated(offset);
    this.#log.truncate(offset, done);
  }

  startAt(offset: Offset, done: LogDone): void {
    this.#log.startAt(offset, done);
  }

  resetTo(end: OffsetAndEpoch, done: LogDone): void {
    this.#cutTo = 0;
    this.observer?.reset(end);
    this.#log.resetTo(end, done);
  }

  close(done: LogDone): void {
    this.#log.close(done);
  }
}
