import type { Checksum } from '../base/codec.ts';
import { errorCode } from '../protocol/errors.ts';
import { batchPartitionLeaderEpoch } from '../protocol/records/batch-view.ts';
import { BatchWalk } from '../protocol/records/split-batches.ts';
import { agreedEnd, beginsBefore, isSoundBatch } from './copied-batches.ts';
import type { Partition } from './partition.ts';

/** What came of copying: gone = it is not this epoch's follower any longer. */
export type CopyOutcome = 'ok' | 'corrupt' | 'failed' | 'gone';

/** Where a follower's log is, as it tells its leader. */
export interface FollowerPosition {
  readonly endOffset: number;
  /** Of the last record, -1 without any. */
  readonly lastEpoch: number;
  readonly logStartOffset: number;
}

/** The log of one partition as its fetcher sees it; all in one epoch of the leader. */
export interface FollowedLog {
  position(): FollowerPosition;
  /** By its topic's configuration (KIP-73). */
  readonly isThrottled: boolean;
  /**
   * Appends what the leader sent, byte by byte as it came, then takes over how far it is committed and where it begins.
   * The bytes are the log's until `done`.
   */
  append(
    records: Uint8Array | null,
    highWatermark: number,
    logStartOffset: number,
    done: (outcome: CopyOutcome) => void,
  ): void;
  /** The leader's log parts from this one: what is beyond the point where they last agreed is cut off. */
  truncateTo(leaderEpoch: number, endOffset: number, done: (outcome: CopyOutcome) => void): void;
  /** Nothing here is the leader's any longer: the log begins anew. */
  beginAt(offset: number, done: (outcome: CopyOutcome) => void): void;
  /** The log is longer than the leader's. */
  cutTo(offset: number, done: (outcome: CopyOutcome) => void): void;
}

/** A partition's log while another node leads it in one epoch; whatever comes after that epoch changes nothing. */
export class FollowedPartition implements FollowedLog {
  readonly partition: Partition;
  readonly leaderEpoch: number;
  private readonly checksum: Checksum;

  constructor(partition: Partition, leaderEpoch: number, checksum: Checksum) {
    this.partition = partition;
    this.leaderEpoch = leaderEpoch;
    this.checksum = checksum;
  }

  /** Calls `ready` when nothing that this node appended as a leader is on its way to disk any more. */
  begin(ready: () => void): void {
    this.partition.whenOpen(() => {
      if (!this.isCurrent) return;
      this.partition.log.submit(() => {
        if (!this.isCurrent) return;
        if (this.partition.log.latestEpoch >= 0) ready();
        // Records of which no epoch is known say nothing of where they part from the leader's: what is not known to be
        // committed goes.
        else this.cutTo(this.partition.log.highWatermark, (outcome) => (outcome === 'ok' ? ready() : undefined));
      });
    });
  }

  private get isCurrent(): boolean {
    const { role, leaderEpoch, isOnline } = this.partition;
    return role === 'follower' && leaderEpoch === this.leaderEpoch && isOnline && !this.partition.isToLead;
  }

  get isThrottled(): boolean {
    return this.partition.throttle.isOfFollower;
  }

  position(): FollowerPosition {
    const { log } = this.partition;
    return { endOffset: log.logEndOffset, lastEpoch: log.latestEpoch, logStartOffset: log.logStartOffset };
  }

  append(
    records: Uint8Array | null,
    highWatermark: number,
    logStartOffset: number,
    done: (outcome: CopyOutcome) => void,
  ): void {
    if (!this.isCurrent) {
      done('gone');
      return;
    }
    if (this.partition.isOpening) {
      this.partition.whenOpen(() => this.append(records, highWatermark, logStartOffset, done));
      return;
    }
    const begin = records === null ? -1 : beginsBefore(this.partition.log, records);
    if (begin >= 0) {
      this.beginAt(begin, (outcome) => {
        if (outcome === 'ok') this.append(records, highWatermark, logStartOffset, done);
        else done(outcome);
      });
      return;
    }
    const { partition } = this;
    const isSound = records === null || this.stage(records);
    partition.copyBegan();
    partition.log.submit((error) => {
      if (error === null) partition.heardOfLeader(highWatermark, logStartOffset);
      else partition.goOffline(errorCode.KAFKA_STORAGE_ERROR);
      partition.copyEnded();
      done(error !== null ? 'failed' : isSound ? 'ok' : 'corrupt');
    });
  }

  /** Stages whole batches up to the first that is not sound. False: one is not. */
  private stage(records: Uint8Array): boolean {
    const { log } = this.partition;
    const walk = new BatchWalk(records);
    while (walk.next()) {
      const { at, sizeBytes } = walk;
      if (!isSoundBatch(log, this.checksum, records, at, sizeBytes)) return false;
      // Of an epoch that this follower has not heard of: it is fetched again when it has.
      if (batchPartitionLeaderEpoch(records, at) > this.leaderEpoch) return true;
      log.stage(records, at, sizeBytes);
      this.partition.countCopied(sizeBytes);
    }
    return walk.stopped !== 'corrupt';
  }

  truncateTo(leaderEpoch: number, endOffset: number, done: (outcome: CopyOutcome) => void): void {
    this.cutTo(agreedEnd(this.partition.log, leaderEpoch, endOffset), done);
  }

  cutTo(offset: number, done: (outcome: CopyOutcome) => void): void {
    this.change(offset, (finished) => this.partition.log.truncateTo(offset, finished), done);
  }

  beginAt(offset: number, done: (outcome: CopyOutcome) => void): void {
    this.change(offset, (finished) => this.partition.log.truncateFully(offset, finished), done);
  }

  private change(
    offset: number,
    task: (finished: (error: Error | null) => void) => void,
    done: (outcome: CopyOutcome) => void,
  ): void {
    if (!this.isCurrent) {
      done('gone');
      return;
    }
    if (this.partition.isOpening) {
      this.partition.whenOpen(() => this.change(offset, task, done));
      return;
    }
    const { partition } = this;
    const from = partition.log.logEndOffset;
    partition.copyBegan();
    task((error) => {
      if (error !== null) partition.copyFailed(error);
      else if (offset !== from) partition.truncated(from);
      partition.copyEnded();
      done(error === null ? 'ok' : 'failed');
    });
  }
}
