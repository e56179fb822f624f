import { EntryTable } from './entry-table.ts';

const entryBytes = 8;

/**
 * A segment's `.index`: (offset relative to the base offset int32, position of the batch int32). An entry's offset is the
 * last one of the batch at its position; entries are sorted by both.
 */
export class OffsetIndex {
  readonly table = new EntryTable(entryBytes);
  readonly #baseOffset: number;

  constructor(baseOffset: number) {
    this.#baseOffset = baseOffset;
  }

  append(offset: number, positionBytes: number): void {
    const at = this.table.push();
    this.table.view.setInt32(at, offset - this.#baseOffset);
    this.table.view.setInt32(at + 4, positionBytes);
  }

  isFull(maxBytes: number): boolean {
    return this.table.count >= Math.floor(maxBytes / entryBytes);
  }

  offsetAt(index: number): number {
    return this.#baseOffset + this.table.view.getInt32(index * entryBytes);
  }

  positionAt(index: number): number {
    return this.table.view.getInt32(index * entryBytes + 4);
  }

  /** Position from which a scan finds `offset`: that of the last entry at or before it, 0 without one. */
  positionFor(offset: number): number {
    const index = this.indexFor(offset);
    return index < 0 ? 0 : this.positionAt(index);
  }

  /** Index of the last entry whose offset is at or before `offset`, or -1. */
  indexFor(offset: number): number {
    let low = 0;
    let high = this.table.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.offsetAt(middle) <= offset) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }

  /** Drops the entries at and after `offset`. */
  truncateTo(offset: number): void {
    this.table.cutTo(this.indexFor(offset - 1) + 1);
  }

  /** Whether entries read from a file are in order and inside a segment of `sizeBytes`. */
  isSane(sizeBytes: number): boolean {
    let lastOffset = this.#baseOffset - 1;
    let lastPosition = -1;
    for (let i = 0; i < this.table.count; i++) {
      const offset = this.offsetAt(i);
      const position = this.positionAt(i);
      if (offset <= lastOffset || position <= lastPosition || position >= sizeBytes) return false;
      lastOffset = offset;
      lastPosition = position;
    }
    return true;
  }
}
