import type { Disk, DiskFile } from '../../base/disk.ts';
import { cleanerLimits } from '../../base/limits.ts';
import { batchLastOffset, batchMaxTimestamp } from '../../protocol/records/batch-view.ts';
import type { EntryTable } from '../entry-table.ts';
import { fileSuffix, offsetFileName } from '../file-names.ts';
import { dataSuffixes, emptyIndexes, Segment, type SegmentIndexes } from '../segment.ts';
import type { AbortedTransaction } from '../transaction-index.ts';
import { asPromise } from './batch-reader.ts';
import { CleaningFault } from './cleaning-fault.ts';

/** A position in an index is an int32. */
const mostSegmentBytes = 0x7fff_ffff;

/** What a cleaned segment comes to. */
export interface WrittenSegment {
  readonly sizeBytes: number;
  readonly maxTimestampMs: number;
  readonly offsetOfMaxTimestamp: number;
  readonly hasAborts: boolean;
}

/** Writes one segment and its indexes as `.cleaned` files. */
export class CleanedWriter {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #baseOffset: number;
  readonly #indexIntervalBytes: number;
  readonly #segment: Segment;
  readonly #indexes: SegmentIndexes;
  readonly #file: DiskFile;
  /** Batches that are not written yet, copied. */
  #gathered = new Uint8Array(cleanerLimits.writeBytes);
  #gatheredBytes = 0;
  #writtenBytes = 0;

  constructor(disk: Disk, directory: string, baseOffset: number, indexIntervalBytes: number) {
    this.#disk = disk;
    this.#directory = directory;
    this.#baseOffset = baseOffset;
    this.#indexIntervalBytes = indexIntervalBytes;
    this.#file = disk.file(this.#path(fileSuffix.log));
    this.#segment = new Segment(directory, this.#file, baseOffset, 0);
    this.#indexes = emptyIndexes(baseOffset);
  }

  /** Removes what an earlier try may have left, and makes the file. */
  async begin(): Promise<void> {
    await this.#removeFiles();
    await asPromise<number>((done) => this.#disk.write(this.#file, 0, [new Uint8Array(0)], done));
  }

  noteAbort(transaction: AbortedTransaction): void {
    this.#indexes.transactions.append(transaction);
  }

  async append(batch: Uint8Array): Promise<void> {
    const position = this.#writtenBytes + this.#gatheredBytes;
    if (position + batch.length > mostSegmentBytes)
      throw new CleaningFault('too-large', `${this.#file.path}: its size`);
    if (this.#gatheredBytes + batch.length > this.#gathered.length) await this.#flush();
    if (batch.length > this.#gathered.length) await this.#write(batch);
    else {
      this.#gathered.set(batch, this.#gatheredBytes);
      this.#gatheredBytes += batch.length;
    }
    const lastOffset = batchLastOffset(batch, 0);
    const timestampMs = batchMaxTimestamp(batch, 0);
    const interval = this.#indexIntervalBytes;
    this.#segment.indexBatch(this.#indexes, position, batch.length, lastOffset, timestampMs, interval);
  }

  /** Makes all of it durable, but for the names. */
  async finish(): Promise<WrittenSegment> {
    const { offsets, times, transactions } = this.#indexes;
    const { maxTimestampMs, offsetOfMaxTimestamp } = this.#segment;
    times.maybeAppend(maxTimestampMs, offsetOfMaxTimestamp);
    await this.#flush();
    await asPromise<void>((done) => this.#disk.sync(this.#file, done));
    await this.#closeFile();
    await this.#writeTable(fileSuffix.offsetIndex, offsets.table);
    await this.#writeTable(fileSuffix.timeIndex, times.table);
    const hasAborts = transactions.table.count > 0;
    if (hasAborts) await this.#writeTable(fileSuffix.transactionIndex, transactions.table);
    return { sizeBytes: this.#writtenBytes, maxTimestampMs, offsetOfMaxTimestamp, hasAborts };
  }

  /** Nothing is left of it; `isClosed` after `finish`. */
  async discard(isClosed: boolean): Promise<void> {
    if (!isClosed) await this.#closeFile();
    await this.#removeFiles();
  }

  async #flush(): Promise<void> {
    if (this.#gatheredBytes === 0) return;
    const bytes = this.#gathered.subarray(0, this.#gatheredBytes);
    this.#gatheredBytes = 0;
    await this.#write(bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const written = await asPromise<number>((done) => this.#disk.write(this.#file, this.#writtenBytes, [bytes], done));
    this.#writtenBytes += written;
  }

  #closeFile(): Promise<void> {
    return asPromise<void>((done) => this.#disk.close(this.#file, done));
  }

  async #writeTable(suffix: string, table: EntryTable): Promise<void> {
    const file = this.#disk.file(this.#path(suffix));
    try {
      await asPromise<number>((done) => this.#disk.write(file, 0, [table.unpersisted()], done));
      await asPromise<void>((done) => this.#disk.sync(file, done));
    } finally {
      await asPromise<void>((done) => this.#disk.close(file, done));
    }
  }

  async #removeFiles(): Promise<void> {
    for (const suffix of dataSuffixes) {
      await asPromise<void>((done) => this.#disk.remove(this.#path(suffix), done));
    }
  }

  #path(suffix: string): string {
    return `${this.#directory}/${offsetFileName(this.#baseOffset, suffix)}${fileSuffix.cleaned}`;
  }
}
