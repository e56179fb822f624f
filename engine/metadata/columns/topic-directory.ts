import { assert } from '../../base/assert.ts';
import type { TopicId, TopicRow } from '../../base/brands.ts';
import type { SharedBytes } from '../../ring/shared-bytes.ts';
import { SharedTable, type TableDescription } from '../../ring/shared-columns.ts';
import { headWord, topicColumn, topicFlag } from './layout.ts';
import { topicNameHash, topicNameHashOfString } from './placement.ts';
import { bytesOfUuid, idHash, uuidOfWords, wordOf } from './uuid-words.ts';

/**
 * The topics of the node, as every thread reads them. Rows hang in two chains, by hash of the name and by hash of the id;
 * a row is written whole before it is linked, and keeps its links when it is unlinked, so that a reader in the middle
 * of a chain comes to its end. Rows are not reused before every reader has acknowledged the image that dropped them.
 * Answers hold for the turn: what outlives it carries the row's generation.
 */
export class TopicDirectory {
  protected readonly table: SharedTable;
  protected readonly heads: Int32Array;
  protected readonly bytes: SharedBytes;
  protected readonly bucketMask: number;
  private readonly idWords = new Int32Array(4);

  constructor(table: TableDescription, heads: SharedArrayBuffer, bytes: SharedBytes) {
    this.table = new SharedTable(table);
    this.heads = new Int32Array(heads);
    this.bytes = bytes;
    this.bucketMask = (this.heads.length - headWord.chains) / 2 - 1;
  }

  /** Handed over by the writer, before a row in it is named. */
  addSegment(index: number, buffer: SharedArrayBuffer): void {
    this.table.addSegment(index, buffer);
  }

  /** The topic whose name is these bytes, or -1. */
  findByName(bytes: Uint8Array, at: number, length: number): TopicRow {
    const hash = topicNameHash(bytes, at, length);
    let row = Atomics.load(this.heads, this.nameBucket(hash)) - 1;
    while (row >= 0 && this.table.has(row)) {
      if (this.table.readInt32(row, topicColumn.nameHash) === hash) {
        if (this.bytes.equals(this.table.readInt32(row, topicColumn.name), bytes, at, length)) return row;
      }
      row = this.table.readInt32(row, topicColumn.nextByName) - 1;
    }
    return -1;
  }

  /** The same for a string. A name that no topic can have (not ASCII) is not found. */
  findByNameString(name: string): TopicRow {
    const hash = topicNameHashOfString(name);
    let row = Atomics.load(this.heads, this.nameBucket(hash)) - 1;
    while (row >= 0 && this.table.has(row)) {
      if (this.table.readInt32(row, topicColumn.nameHash) === hash) {
        if (this.bytes.equalsAscii(this.table.readInt32(row, topicColumn.name), name)) return row;
      }
      row = this.table.readInt32(row, topicColumn.nextByName) - 1;
    }
    return -1;
  }

  /** The topic whose id is the 16 bytes at `at`, or -1. */
  findById(bytes: Uint8Array, at: number): TopicRow {
    const first = wordOf(bytes, at);
    const last = wordOf(bytes, at + 12);
    let row = Atomics.load(this.heads, this.idBucket(idHash(first, last))) - 1;
    while (row >= 0 && this.table.has(row)) {
      if (
        this.table.readInt32(row, topicColumn.id) === first &&
        this.table.readInt32(row, topicColumn.id + 3) === last &&
        this.table.readInt32(row, topicColumn.id + 1) === wordOf(bytes, at + 4) &&
        this.table.readInt32(row, topicColumn.id + 2) === wordOf(bytes, at + 8)
      ) {
        return row;
      }
      row = this.table.readInt32(row, topicColumn.nextById) - 1;
    }
    return -1;
  }

  /** Throws for text that is no uuid. */
  findByIdUuid(id: TopicId): TopicRow {
    return this.findById(bytesOfUuid(id), 0);
  }

  isLive(row: TopicRow): boolean {
    return this.table.has(row) && (this.table.readInt32(row, topicColumn.flags) & topicFlag.live) !== 0;
  }

  isInternal(row: TopicRow): boolean {
    return (this.table.readInt32(row, topicColumn.flags) & topicFlag.internal) !== 0;
  }

  nameOf(row: TopicRow): string {
    const name = this.bytes.view(this.table.readInt32(row, topicColumn.name));
    return String.fromCharCode.apply(null, name as unknown as number[]);
  }

  /** The name's bytes where they lie, for this turn. */
  nameBytesOf(row: TopicRow): Uint8Array {
    return this.bytes.view(this.table.readInt32(row, topicColumn.name));
  }

  nameHashOf(row: TopicRow): number {
    return this.table.readInt32(row, topicColumn.nameHash);
  }

  idOf(row: TopicRow): TopicId {
    for (let i = 0; i < 4; i++) this.idWords[i] = this.table.readInt32(row, topicColumn.id + i);
    return uuidOfWords(this.idWords, 0);
  }

  /** Whether the row's id is the 16 bytes at `at`. */
  idEquals(row: TopicRow, bytes: Uint8Array, at: number): boolean {
    for (let i = 0; i < 4; i++) {
      if (this.table.readInt32(row, topicColumn.id + i) !== wordOf(bytes, at + 4 * i)) return false;
    }
    return true;
  }

  /** The topic's overrides as the writer encoded them, for this turn. */
  configOf(row: TopicRow): Uint8Array {
    return this.bytes.view(this.table.readInt32(row, topicColumn.config));
  }

  partitionCountOf(row: TopicRow): number {
    return this.table.readInt32(row, topicColumn.partitionCount);
  }

  generationOf(row: TopicRow): number {
    return this.table.readInt32(row, topicColumn.generation);
  }

  /** Changes with every write of the row. */
  sequenceOf(row: TopicRow): number {
    return this.table.sequenceOf(row);
  }

  /** The partition's row, or -1. Counts only grow and rows are written before the count, so no lock is needed. */
  partitionRow(row: TopicRow, partition: number): number {
    if (partition < 0 || partition >= this.table.readInt32(row, topicColumn.partitionCount)) return -1;
    const first = this.table.readInt32(row, topicColumn.partitionRows);
    return first >= 0 ? first + partition : this.rowInRuns(~first, partition);
  }

  /** Copies the row's words (see layout.ts) as they were at one moment. False: ask the coordinator by message. */
  read(row: TopicRow, into: Int32Array): boolean {
    return this.table.read(row, into);
  }

  /** Visits the live topics, in no particular order. */
  forEachTopic(visit: (row: TopicRow) => void): void {
    const rows = Math.min(Atomics.load(this.heads, headWord.topicRows), this.table.capacity);
    for (let row = 0; row < rows; row++) if (this.isLive(row)) visit(row);
  }

  describe(): TableDescription {
    return this.table.describe();
  }

  protected nameBucket(hash: number): number {
    return headWord.chains + (hash & this.bucketMask);
  }

  protected idBucket(hash: number): number {
    return headWord.chains + this.bucketMask + 1 + (hash & this.bucketMask);
  }

  /** Runs are pairs (first partition, first row), rising. */
  private rowInRuns(ref: number, partition: number): number {
    let low = 0;
    let high = this.bytes.int32Count(ref) / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bytes.int32At(ref, 2 * middle) <= partition) low = middle;
      else high = middle - 1;
    }
    return this.bytes.int32At(ref, 2 * low + 1) + partition - this.bytes.int32At(ref, 2 * low);
  }
}

/** The buffer that counts rows and heads the chains; `buckets` is a power of two. */
export function createHeads(buckets: number): SharedArrayBuffer {
  assert((buckets & (buckets - 1)) === 0, 'topic directory: buckets must be a power of two');
  return new SharedArrayBuffer((headWord.chains + 2 * buckets) * 4);
}
