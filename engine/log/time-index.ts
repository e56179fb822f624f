import { EntryTable } from './entry-table.ts';

const entryBytes = 12;

/**
 * A segment's `.timeindex`: (timestamp int64, offset relative to the base offset int32). An entry says that no batch up
 * to its offset has a greater timestamp; the offset is the last one of the batch that has it.
 */
export class TimeIndex {
  readonly table = new EntryTable(entryBytes);
  readonly #baseOffset: number;

  constructor(baseOffset: number) {
    this.#baseOffset = baseOffset;
  }

  /** Appends unless the last entry already has a timestamp as large. */
  maybeAppend(timestampMs: number, offset: number): void {
    const count = this.table.count;
    if (timestampMs < 0 || (count > 0 && timestampMs <= this.timestampAt(count - 1))) return;
    const at = this.table.push();
    const view = this.table.view;
    view.setInt32(at, Math.floor(timestampMs / 4294967296));
    view.setUint32(at + 4, timestampMs % 4294967296);
    view.setInt32(at + 8, offset - this.#baseOffset);
  }

  /** One entry is kept free for the one that is written when the segment is sealed. */
  isFull(maxBytes: number): boolean {
    return this.table.count >= Math.floor(maxBytes / entryBytes) - 1;
  }

  timestampAt(index: number): number {
    const view = this.table.view;
    return view.getInt32(index * entryBytes) * 4294967296 + view.getUint32(index * entryBytes + 4);
  }

  offsetAt(index: number): number {
    return this.#baseOffset + this.table.view.getInt32(index * entryBytes + 8);
  }

  /** Index of the last entry with a timestamp at or below `timestampMs`, or -1. */
  indexFor(timestampMs: number): number {
    let low = 0;
    let high = this.table.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.timestampAt(middle) <= timestampMs) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }

  /** Drops the entries whose offset is at or after `offset`. */
  truncateTo(offset: number): void {
    let count = this.table.count;
    while (count > 0 && this.offsetAt(count - 1) >= offset) count--;
    this.table.cutTo(count);
  }

  /** False as well for an entry of zeros, which is what a file holds whose bytes a crash lost. */
  isSane(): boolean {
    let lastTimestamp = -1;
    let lastOffset = this.#baseOffset - 1;
    for (let i = 0; i < this.table.count; i++) {
      if (this.timestampAt(i) <= lastTimestamp || this.offsetAt(i) < lastOffset) return false;
      if (this.timestampAt(i) === 0 && this.offsetAt(i) === this.#baseOffset) return false;
      lastTimestamp = this.timestampAt(i);
      lastOffset = this.offsetAt(i);
    }
    return true;
  }
}

export const timeIndexEntryBytes = entryBytes;
