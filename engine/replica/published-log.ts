import { assert } from '../base/assert.ts';
import type { PartitionRow } from '../base/brands.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { PartitionRuntime } from '../metadata/columns/partition-runtime.ts';

/** What a partition tells all threads of its log, in the shared runtime columns. */
export class PublishedLog {
  /** The row is, or will be, another partition's: it is not written any more. */
  isForgotten = false;
  private readonly row: PartitionRow;
  private readonly runtime: PartitionRuntime;
  private current: PartitionLog | undefined;
  /** Size of the log when retention last looked. */
  private retentionSeenBytes = -1;
  /** What of the recovery point was told last. */
  private toldRecoveryPoint = -1;
  /** What of the cleaned section was told last. */
  private toldCleanedOffset = -1;

  constructor(row: PartitionRow, runtime: PartitionRuntime) {
    this.row = row;
    this.runtime = runtime;
  }

  /** The partition's log is this one from now on. */
  begin(log: PartitionLog): void {
    this.current = log;
    this.toldRecoveryPoint = -1;
    this.toldCleanedOffset = -1;
  }

  private get log(): PartitionLog {
    assert(this.current !== undefined, 'published log: the log is not open');
    return this.current;
  }

  end(): void {
    const { log } = this;
    if (this.isForgotten) return;
    this.runtime.setEnd(this.row, log.logEndOffset, log.highWatermark, log.sizeBytes);
    if (log.cleanedOffset === this.toldCleanedOffset) return;
    this.toldCleanedOffset = log.cleanedOffset;
    this.runtime.setCleanedOffset(this.row, log.cleanedOffset);
  }

  start(): void {
    if (this.isForgotten) return;
    this.runtime.setStart(this.row, this.log.logStartOffset, this.log.sizeBytes);
    // Segments below the start go when retention looks next.
    this.runtime.setNextRetentionMs(this.row, 0);
  }

  recoveryPoint(): void {
    const { recoveryPoint } = this.log;
    if (recoveryPoint === this.toldRecoveryPoint || this.isForgotten) return;
    this.toldRecoveryPoint = recoveryPoint;
    this.runtime.setRecoveryPoint(this.row, recoveryPoint);
  }

  /** All there is to know, of a log that lies in the directory. */
  all(logDirectory: number): void {
    if (this.isForgotten) return;
    const { logStartOffset, logEndOffset, highWatermark, recoveryPoint, sizeBytes } = this.log;
    this.runtime.open(this.row, {
      logDirectory,
      logStartOffset,
      logEndOffset,
      highWatermark,
      recoveryPoint,
      sizeBytes,
    });
  }

  /** Notes when retention by time has to look again; 0, at once, while the log grows. */
  retention(): void {
    if (this.isForgotten) return;
    const { log } = this;
    this.retentionSeenBytes = log.sizeBytes;
    this.runtime.setNextRetentionMs(this.row, log.nextRetentionMs);
  }

  /** The log is about to be closed: what was appended since retention looked may be over its size. */
  closing(): void {
    if (this.isForgotten || this.current === undefined) return;
    if (this.current.sizeBytes !== this.retentionSeenBytes) this.runtime.setNextRetentionMs(this.row, 0);
  }
}
