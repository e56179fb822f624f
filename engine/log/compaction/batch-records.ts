import { type Compression, type CompressionCodec, CompressionError, compressionCodec } from '../../base/codec.ts';
import { batchLimits } from '../../base/limits.ts';
import { batchHeaderBytes } from '../../protocol/batch-layout.ts';
import { batchBaseOffset, batchCodec, batchRecordCount, batchSizeBytes } from '../../protocol/records/batch-view.ts';
import { RecordCursor } from '../../protocol/records/record-cursor.ts';
import { CleaningFault } from './cleaning-fault.ts';

/** A record has at least its length, attributes, four varints and a count of headers. */
const leastRecordBytes = 7;

/** The records of a batch, inflated where they are compressed, to be walked as often as is wanted. */
export class BatchRecords {
  readonly #compression: Compression;
  readonly cursor = new RecordCursor();
  #header = new Uint8Array(0);
  #headerAt = 0;
  #records = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** As the header says, and possible. */
  count = 0;

  constructor(compression: Compression) {
    this.#compression = compression;
  }

  /** Bytes of all records, inflated. */
  get sizeBytes(): number {
    return this.#end - this.#start;
  }

  /** Takes the batch at `at`, which is whole. Throws CleaningFault for records that can't be. */
  open(bytes: Uint8Array, at: number): void {
    this.#header = bytes as Uint8Array<ArrayBuffer>;
    this.#headerAt = at;
    this.#inflate(bytes, at);
    this.count = batchRecordCount(bytes, at);
    const isPossible = this.count >= 0 && this.count * leastRecordBytes <= this.sizeBytes;
    if (!isPossible) throw this.#corrupt('its number of records');
    this.rewind();
  }

  /** `cursor` stands before the first record again. */
  rewind(): RecordCursor {
    this.cursor.openRecords(this.#header, this.#headerAt, this.#records, this.#start, this.#end);
    return this.cursor;
  }

  /** To be called when the cursor has come to its end. */
  checkEnd(): void {
    if (this.cursor.fault !== null) throw this.#corrupt(this.cursor.fault);
  }

  #inflate(bytes: Uint8Array, at: number): void {
    const codec = batchCodec(bytes, at);
    this.#records = bytes as Uint8Array<ArrayBuffer>;
    this.#start = at + batchHeaderBytes;
    this.#end = at + batchSizeBytes(bytes, at);
    if (codec === compressionCodec.none) return;
    if (codec > compressionCodec.zstd) throw this.#corrupt('its codec');
    try {
      const deflated = bytes.subarray(this.#start, this.#end);
      const inflated = this.#compression.decompress(codec as CompressionCodec, deflated, batchLimits.inflatedBytes);
      this.#records = inflated as Uint8Array<ArrayBuffer>;
      this.#start = 0;
      this.#end = inflated.length;
    } catch (error) {
      if (!(error instanceof CompressionError)) throw error;
      const detail = `the batch at offset ${batchBaseOffset(bytes, at)}: ${error.message}`;
      throw new CleaningFault(error.reason, detail);
    }
  }

  #corrupt(what: string): CleaningFault {
    return new CleaningFault(
      'corrupt',
      `the batch at offset ${batchBaseOffset(this.#header, this.#headerAt)}: ${what}`,
    );
  }
}
