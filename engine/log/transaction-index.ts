import { readInt16, readInt64, writeInt64 } from '../protocol/records/big-endian.ts';
import { EntryTable } from './entry-table.ts';
import { type ProducerKey, readProducerKey, writeProducerKey } from './producer-key.ts';

const entryBytes = 34;
const at = { version: 0, producerId: 2, firstOffset: 10, lastOffset: 18, lastStableOffset: 26 } as const;

/** One transaction that was aborted in a segment, as read_committed consumers are told of it. */
export interface AbortedTransaction {
  readonly producerId: ProducerKey;
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** The log's last stable offset once this transaction was complete. */
  readonly lastStableOffset: number;
}

/**
 * A segment's `.txnindex`: (version int16 = 0, producer id int64, first offset int64, last offset int64, last stable
 * offset int64) for each transaction whose abort marker lies in the segment, in the order of the markers.
 */
export class TransactionIndex {
  readonly table = new EntryTable(entryBytes);

  append(transaction: AbortedTransaction): void {
    const start = this.table.push();
    const bytes = entryBytesOf(this.table, start);
    bytes.fill(0, 0, at.producerId);
    writeProducerKey(bytes, at.producerId, transaction.producerId);
    writeInt64(bytes, at.firstOffset, transaction.firstOffset);
    writeInt64(bytes, at.lastOffset, transaction.lastOffset);
    writeInt64(bytes, at.lastStableOffset, transaction.lastStableOffset);
  }

  /** Appends unless the index already holds a transaction that ended as late: replaying finds old ones again. */
  appendNewer(transaction: AbortedTransaction): void {
    const count = this.table.count;
    if (count === 0 || this.at(count - 1).lastOffset < transaction.lastOffset) this.append(transaction);
  }

  at(index: number): AbortedTransaction {
    const bytes = entryBytesOf(this.table, index * entryBytes);
    return {
      producerId: readProducerKey(bytes, at.producerId),
      firstOffset: readInt64(bytes, at.firstOffset),
      lastOffset: readInt64(bytes, at.lastOffset),
      lastStableOffset: readInt64(bytes, at.lastStableOffset),
    };
  }

  /** Drops the transactions that ended at or after `offset`. */
  truncateTo(offset: number): void {
    let count = this.table.count;
    while (count > 0 && this.at(count - 1).lastOffset >= offset) count--;
    this.table.cutTo(count);
  }

  /**
   * Adds to `into` the transactions that overlap [fetchOffset, upperBound). True when no later segment can add to them:
   * everything below an entry's last stable offset is decided.
   */
  collect(fetchOffset: number, upperBound: number, into: AbortedTransaction[]): boolean {
    for (let i = 0; i < this.table.count; i++) {
      const transaction = this.at(i);
      if (transaction.lastOffset >= fetchOffset && transaction.firstOffset < upperBound) into.push(transaction);
      if (transaction.lastStableOffset >= upperBound) return true;
    }
    return false;
  }

  isSane(baseOffset: number): boolean {
    let lastOffset = -1;
    for (let i = 0; i < this.table.count; i++) {
      const bytes = entryBytesOf(this.table, i * entryBytes);
      const transaction = this.at(i);
      if (readInt16(bytes, at.version) !== 0) return false;
      if (transaction.lastOffset < baseOffset || transaction.lastOffset < lastOffset) return false;
      if (transaction.firstOffset < 0 || transaction.firstOffset > transaction.lastOffset) return false;
      lastOffset = transaction.lastOffset;
    }
    return true;
  }
}

function entryBytesOf(table: EntryTable, start: number): Uint8Array {
  const view = table.view;
  return new Uint8Array(view.buffer, view.byteOffset + start, entryBytes);
}
