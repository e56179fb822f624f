import { assert } from '../base/assert.ts';
import { rowReadTries, tableLimits } from '../base/limits.ts';
import { rowWord } from './layout.ts';

/**
 * A table in shared memory: rows of a fixed number of words, in segments of 65,536 rows, which are made when needed and
 * handed to the other threads. A row's columns lie side by side, a cache line or two, because readers want several
 * columns of one row; one thread writes a given row, all read it.
 *
 * A row is a seqlock. Its first word is odd while the writer is at work. An int64 is two words, low first, and a number
 * within ±2^53 outside.
 */
export interface TableShape {
  /** Words a row, its sequence included; rows of different writers should not share a cache line (16 words). */
  readonly rowWords: number;
  /** A power of two; tests take few. */
  readonly rowsPerSegment: number;
}

export interface TableDescription extends TableShape {
  readonly segments: readonly SharedArrayBuffer[];
}

/** Answer of `readInt64` when the writer was at work in every try: ask it by message. */
export const unreadable: number = Number.MIN_SAFE_INTEGER;

const twoTo32 = 4294967296;

export class SharedTable {
  readonly rowWords: number;
  readonly rowsPerSegment: number;
  private readonly segmentShift: number;
  private readonly rowMask: number;
  private readonly buffers: SharedArrayBuffer[] = [];
  private readonly segments: Int32Array[] = [];

  constructor(description: TableDescription) {
    const { rowWords, rowsPerSegment } = description;
    assert((rowsPerSegment & (rowsPerSegment - 1)) === 0, 'table: rows a segment must be a power of two');
    this.rowWords = rowWords;
    this.rowsPerSegment = rowsPerSegment;
    this.segmentShift = 31 - Math.clz32(rowsPerSegment);
    this.rowMask = rowsPerSegment - 1;
    for (const buffer of description.segments) this.addSegment(this.buffers.length, buffer);
  }

  /** Rows that there is memory for, as far as this thread was told. */
  get capacity(): number {
    return this.segments.length * this.rowsPerSegment;
  }

  has(row: number): boolean {
    return row >= 0 && row >>> this.segmentShift < this.segments.length;
  }

  /** Takes note of a segment, made here or handed over. A segment known already is no error. */
  addSegment(index: number, buffer: SharedArrayBuffer): void {
    if (index < this.segments.length) return;
    assert(index === this.segments.length, 'table: segments must come in order');
    this.buffers.push(buffer);
    this.segments.push(new Int32Array(buffer));
  }

  /** Makes one more segment, all zero. */
  grow(): { index: number; buffer: SharedArrayBuffer } {
    const index = this.segments.length;
    assert(index < tableLimits.mostSegments, 'table: too many segments');
    const buffer = new SharedArrayBuffer(this.rowsPerSegment * this.rowWords * 4);
    this.addSegment(index, buffer);
    return { index, buffer };
  }

  describe(): TableDescription {
    return { rowWords: this.rowWords, rowsPerSegment: this.rowsPerSegment, segments: [...this.buffers] };
  }

  wordsOf(row: number): Int32Array {
    assert(this.has(row), 'table: no such row');
    return this.segments[row >>> this.segmentShift];
  }

  /** Position of the row's first word in `wordsOf(row)`. */
  baseOf(row: number): number {
    return (row & this.rowMask) * this.rowWords;
  }

  // --- reading

  /** One int32 column. A single word can't be torn. */
  readInt32(row: number, column: number): number {
    return Atomics.load(this.wordsOf(row), this.baseOf(row) + column);
  }

  /** One int64 column as a number, or `unreadable`. */
  readInt64(row: number, column: number): number {
    const words = this.wordsOf(row);
    const base = this.baseOf(row);
    for (let attempt = 0; attempt < rowReadTries; attempt++) {
      const before = Atomics.load(words, base + rowWord.sequence);
      if ((before & 1) !== 0) continue;
      const low = Atomics.load(words, base + column);
      const high = Atomics.load(words, base + column + 1);
      if (Atomics.load(words, base + rowWord.sequence) === before) return high * twoTo32 + (low >>> 0);
    }
    return unreadable;
  }

  /** Copies the row, sequence included, as it was at one moment. False: the writer was at work in every try. */
  read(row: number, into: Int32Array): boolean {
    const words = this.wordsOf(row);
    const base = this.baseOf(row);
    for (let attempt = 0; attempt < rowReadTries; attempt++) {
      const before = Atomics.load(words, base + rowWord.sequence);
      if ((before & 1) !== 0) continue;
      into[rowWord.sequence] = before;
      for (let i = rowWord.first; i < this.rowWords; i++) into[i] = Atomics.load(words, base + i);
      if (Atomics.load(words, base + rowWord.sequence) === before) return true;
    }
    return false;
  }

  /** Changes with every write of the row. Odd: the writer is at work. */
  sequenceOf(row: number): number {
    return Atomics.load(this.wordsOf(row), this.baseOf(row) + rowWord.sequence);
  }

  // --- writing: begin, set what changes, end; by the row's one writer, without returning to the event loop in between

  /** A writer that died within a row left it odd; its successor's `begin` takes it on. */
  begin(row: number): void {
    const words = this.wordsOf(row);
    const position = this.baseOf(row) + rowWord.sequence;
    const sequence = Atomics.load(words, position);
    Atomics.store(words, position, (sequence + 1) | 1);
  }

  end(row: number): void {
    const words = this.wordsOf(row);
    const position = this.baseOf(row) + rowWord.sequence;
    const sequence = Atomics.load(words, position);
    assert((sequence & 1) === 1, 'table: end without begin');
    Atomics.store(words, position, (sequence + 1) | 0);
  }

  setInt32(row: number, column: number, value: number): void {
    Atomics.store(this.wordsOf(row), this.baseOf(row) + column, value);
  }

  setInt64(row: number, column: number, value: number): void {
    assert(Number.isSafeInteger(value) && value !== unreadable, 'table: int64 beyond 2^53');
    const words = this.wordsOf(row);
    const at = this.baseOf(row) + column;
    Atomics.store(words, at, value | 0);
    Atomics.store(words, at + 1, Math.floor(value / twoTo32));
  }
}

/** The int64 at `column` of a row copied by `read`. */
export function int64In(words: Int32Array, column: number): number {
  return words[column + 1] * twoTo32 + (words[column] >>> 0);
}
