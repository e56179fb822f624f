import type { Offset, PartitionRow, TimestampMs } from '../../base/brands.ts';
import { SharedTable, type TableDescription, unreadable } from '../../ring/shared-columns.ts';
import { runtimeColumn } from './layout.ts';

/** In the place of a log's size: the log was found, and not opened yet. */
export const unknownSize = -1;

/** A log that a replica is copied to, in another log directory (KIP-113). */
export interface FutureLogState {
  /** -1: there is none. */
  readonly directory: number;
  readonly isPromoting: boolean;
  readonly endOffset: Offset;
  readonly sizeBytes: number;
  readonly recoveryPoint: Offset;
}

export const noFutureLog: FutureLogState = {
  directory: -1,
  isPromoting: false,
  endOffset: 0,
  sizeBytes: 0,
  recoveryPoint: 0,
};

/**
 * What the shard that owns a partition says of it, for all threads to read; that shard alone writes. Readers get
 * `unreadable` from an int64 when the owner was at work in every try.
 */
export class PartitionRuntime {
  private readonly table: SharedTable;

  constructor(table: TableDescription) {
    this.table = new SharedTable(table);
  }

  addSegment(index: number, buffer: SharedArrayBuffer): void {
    this.table.addSegment(index, buffer);
  }

  /** -1: no log yet. */
  logDirectory(row: PartitionRow): number {
    return this.table.readInt32(row, runtimeColumn.logDirectory);
  }

  logStartOffset(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.logStartOffset);
  }

  logEndOffset(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.logEndOffset);
  }

  highWatermark(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.highWatermark);
  }

  recoveryPoint(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.recoveryPoint);
  }

  sizeBytes(row: PartitionRow): number {
    return this.table.readInt64(row, runtimeColumn.sizeBytes);
  }

  /** 0: not set. */
  nextRetentionMs(row: PartitionRow): TimestampMs {
    return this.table.readInt64(row, runtimeColumn.nextRetentionMs);
  }

  /** 0: not cleaned. */
  cleanedOffset(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.cleanedOffset);
  }

  /** -1: no future log. */
  futureDirectory(row: PartitionRow): number {
    return this.table.readInt32(row, runtimeColumn.futureDirectory);
  }

  isPromoting(row: PartitionRow): boolean {
    return this.table.readInt32(row, runtimeColumn.isPromoting) !== 0;
  }

  futureEndOffset(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.futureEndOffset);
  }

  futureSizeBytes(row: PartitionRow): number {
    return this.table.readInt64(row, runtimeColumn.futureSizeBytes);
  }

  futureRecoveryPoint(row: PartitionRow): Offset {
    return this.table.readInt64(row, runtimeColumn.futureRecoveryPoint);
  }

  /** Copies the row (see layout.ts; `int64In` reads its int64s) as it was at one moment. False: ask the owner by message. */
  read(row: PartitionRow, into: Int32Array): boolean {
    return this.table.read(row, into);
  }

  // --- the owner

  /** After an append: what readers see of the log's end. */
  setEnd(row: PartitionRow, logEndOffset: Offset, highWatermark: Offset, sizeBytes: number): void {
    const table = this.table;
    table.begin(row);
    table.setInt64(row, runtimeColumn.logEndOffset, logEndOffset);
    table.setInt64(row, runtimeColumn.highWatermark, highWatermark);
    table.setInt64(row, runtimeColumn.sizeBytes, sizeBytes);
    table.end(row);
  }

  setHighWatermark(row: PartitionRow, highWatermark: Offset): void {
    this.setOne(row, runtimeColumn.highWatermark, highWatermark);
  }

  /** After retention or DeleteRecords. */
  setStart(row: PartitionRow, logStartOffset: Offset, sizeBytes: number): void {
    const table = this.table;
    table.begin(row);
    table.setInt64(row, runtimeColumn.logStartOffset, logStartOffset);
    table.setInt64(row, runtimeColumn.sizeBytes, sizeBytes);
    table.end(row);
  }

  setRecoveryPoint(row: PartitionRow, recoveryPoint: Offset): void {
    this.setOne(row, runtimeColumn.recoveryPoint, recoveryPoint);
  }

  setNextRetentionMs(row: PartitionRow, atMs: TimestampMs): void {
    this.setOne(row, runtimeColumn.nextRetentionMs, atMs);
  }

  setCleanedOffset(row: PartitionRow, cleanedOffset: Offset): void {
    this.setOne(row, runtimeColumn.cleanedOffset, cleanedOffset);
  }

  /** The log was opened, or (-1) is gone. */
  setLogDirectory(row: PartitionRow, index: number): void {
    this.table.begin(row);
    this.table.setInt32(row, runtimeColumn.logDirectory, index);
    this.table.end(row);
  }

  /** Everything at once, when a log is opened. */
  open(
    row: PartitionRow,
    log: {
      logDirectory: number;
      logStartOffset: Offset;
      logEndOffset: Offset;
      highWatermark: Offset;
      recoveryPoint: Offset;
      sizeBytes: number;
    },
  ): void {
    const table = this.table;
    table.begin(row);
    table.setInt32(row, runtimeColumn.logDirectory, log.logDirectory);
    table.setInt64(row, runtimeColumn.logStartOffset, log.logStartOffset);
    table.setInt64(row, runtimeColumn.logEndOffset, log.logEndOffset);
    table.setInt64(row, runtimeColumn.highWatermark, log.highWatermark);
    table.setInt64(row, runtimeColumn.recoveryPoint, log.recoveryPoint);
    table.setInt64(row, runtimeColumn.sizeBytes, log.sizeBytes);
    table.end(row);
  }

  /** What a future log holds by now; directory -1: there is none any more. */
  setFuture(row: PartitionRow, future: FutureLogState): void {
    const table = this.table;
    table.begin(row);
    table.setInt32(row, runtimeColumn.futureDirectory, future.directory);
    table.setInt32(row, runtimeColumn.isPromoting, future.isPromoting ? 1 : 0);
    table.setInt64(row, runtimeColumn.futureEndOffset, future.endOffset);
    table.setInt64(row, runtimeColumn.futureSizeBytes, future.sizeBytes);
    table.setInt64(row, runtimeColumn.futureRecoveryPoint, future.recoveryPoint);
    table.end(row);
  }

  private setOne(row: PartitionRow, column: number, value: number): void {
    this.table.begin(row);
    this.table.setInt64(row, column, value);
    this.table.end(row);
  }
}

export { unreadable };

/** The coordinator's part: memory for rows, and clean rows for new tenants before they are named. */
export class PartitionRuntimeRows {
  private readonly table: SharedTable;
  private readonly onSegment: (index: number, buffer: SharedArrayBuffer) => void;

  constructor(table: TableDescription, onSegment: (index: number, buffer: SharedArrayBuffer) => void) {
    this.table = new SharedTable(table);
    this.onSegment = onSegment;
  }

  reserve(rows: number): void {
    while (rows > this.table.capacity) {
      const { index, buffer } = this.table.grow();
      this.onSegment(index, buffer);
    }
  }

  /** A partition without a log: offsets 0, no directory. */
  clear(row: PartitionRow): void {
    this.table.begin(row);
    for (let i = 1; i < this.table.rowWords; i++) this.table.setInt32(row, i, 0);
    this.table.setInt32(row, runtimeColumn.logDirectory, -1);
    this.table.setInt32(row, runtimeColumn.futureDirectory, -1);
    this.table.end(row);
  }

  describe(): TableDescription {
    return this.table.describe();
  }
}
