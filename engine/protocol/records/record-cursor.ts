import { batchHeaderBytes } from '../batch-layout.ts';
import {
  batchBaseOffset,
  batchBaseTimestamp,
  batchIsLogAppendTime,
  batchMaxTimestamp,
  batchRecordCount,
  batchSizeBytes,
} from './batch-view.ts';

/** What a varint that does not end reads as: it fails every comparison. */
const broken = Number.NaN;

/**
 * Walks the records of a batch without allocating: `next()` moves to the next record and fills the fields. Keys, values
 * and headers are positions in `bytes`; nothing is copied.
 *
 *     const cursor = new RecordCursor();
 *     cursor.openBatch(bytes, at);
 *     while (cursor.next()) use(cursor.bytes, cursor.valueAt, cursor.valueLength);
 *     if (cursor.fault !== null) …
 *
 * Headers are checked when walked (`nextHeader`), not before. The checks that a producer's batch must pass are those of
 * engine/log/validation.
 */
export class RecordCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** Position of the current record's length. */
  recordAt = 0;
  /** Position after the current record. */
  recordEnd = 0;
  attributes = 0;
  /** Milliseconds from the batch's base timestamp; exact within ±2^52. */
  timestampDelta = 0;
  offsetDelta = 0;
  keyAt = 0;
  /** -1 for null. */
  keyLength = -1;
  valueAt = 0;
  /** -1 for null. */
  valueLength = -1;
  headersAt = 0;
  headerCount = 0;
  /** Index of the current record. */
  index = -1;
  /** What is wrong with the bytes; null while all is well. */
  fault: string | null = null;
  headerKeyAt = 0;
  headerKeyLength = 0;
  headerValueAt = 0;
  /** -1 for null. */
  headerValueLength = -1;
  #position = 0;
  #end = 0;
  #count = 0;
  #headersLeft = 0;
  #headerPosition = 0;
  #baseOffset = 0;
  #baseTimestamp = 0;
  #appendTimestamp = 0;
  #isLogAppendTime = false;

  /** Begins with an uncompressed batch whose claimed size lies within the bytes. */
  openBatch(bytes: Uint8Array, at: number): void {
    this.openRecords(bytes, at, bytes, at + batchHeaderBytes, at + batchSizeBytes(bytes, at));
  }

  /** Begins with a compressed batch: its header where it lies, its records inflated elsewhere. */
  openInflated(header: Uint8Array, headerAt: number, records: Uint8Array): void {
    this.openRecords(header, headerAt, records, 0, records.length);
  }

  openRecords(header: Uint8Array, headerAt: number, records: Uint8Array, start: number, end: number): void {
    this.bytes = records;
    this.#position = start;
    this.#end = end;
    this.#count = batchRecordCount(header, headerAt);
    this.#baseOffset = batchBaseOffset(header, headerAt);
    this.#baseTimestamp = batchBaseTimestamp(header, headerAt);
    this.#isLogAppendTime = batchIsLogAppendTime(header, headerAt);
    this.#appendTimestamp = batchMaxTimestamp(header, headerAt);
    this.index = -1;
    this.fault = null;
    this.#headersLeft = 0;
  }

  /** The current record's offset. */
  get offset(): number {
    return this.#baseOffset + this.offsetDelta;
  }

  /** The current record's time in milliseconds: the batch's time of appending if it has one, else the producer's. */
  get timestampMs(): number {
    return this.#isLogAppendTime ? this.#appendTimestamp : this.#baseTimestamp + this.timestampDelta;
  }

  /** Moves to the next record. False after the last one, and at a fault. */
  next(): boolean {
    if (this.fault !== null) return false;
    if (this.index + 1 >= this.#count) {
      if (this.#position !== this.#end) this.fault = 'bytes follow the last record';
      return false;
    }
    this.recordAt = this.#position;
    const length = this.#readVarint();
    const start = this.#position;
    // A record has at least attributes, four varints and a header count.
    if (!(length >= 6) || length > this.#end - start) return this.#fail('record length');
    this.recordEnd = start + length;
    this.attributes = this.bytes[this.#position++];
    this.timestampDelta = this.#readVarlong();
    this.offsetDelta = this.#readVarint();
    this.keyLength = this.#readVarint();
    this.keyAt = this.#position;
    if (!this.#skip(this.keyLength)) return this.#fail('key length');
    this.valueLength = this.#readVarint();
    this.valueAt = this.#position;
    if (!this.#skip(this.valueLength)) return this.#fail('value length');
    this.headerCount = this.#readVarint();
    this.headersAt = this.#position;
    if (!(this.headerCount >= 0) || this.#position > this.recordEnd) return this.#fail('header count');
    if (Number.isNaN(this.timestampDelta) || Number.isNaN(this.offsetDelta)) return this.#fail('varint');
    if (this.headerCount === 0 && this.#position !== this.recordEnd) return this.#fail('record length');
    this.index++;
    this.#headersLeft = this.headerCount;
    this.#headerPosition = this.headersAt;
    this.#position = this.recordEnd;
    return true;
  }

  /** Moves to the current record's next header. False after the last one, and at a fault. */
  nextHeader(): boolean {
    if (this.fault !== null || this.#headersLeft === 0) return false;
    const after = this.#position;
    this.#position = this.#headerPosition;
    this.headerKeyLength = this.#readVarint();
    this.headerKeyAt = this.#position;
    if (!(this.headerKeyLength >= 0) || !this.#skip(this.headerKeyLength)) return this.#fail('header key length');
    this.headerValueLength = this.#readVarint();
    this.headerValueAt = this.#position;
    if (!this.#skip(this.headerValueLength)) return this.#fail('header value length');
    this.#headersLeft--;
    if (this.#headersLeft === 0 && this.#position !== this.recordEnd) return this.#fail('record length');
    this.#headerPosition = this.#position;
    this.#position = after;
    return true;
  }

  /** A copy of the current key; null for null. For callers off the hot path. */
  copyKey(): Uint8Array | null {
    return this.keyLength < 0 ? null : this.bytes.slice(this.keyAt, this.keyAt + this.keyLength);
  }

  /** A copy of the current value; null for null. For callers off the hot path. */
  copyValue(): Uint8Array | null {
    return this.valueLength < 0 ? null : this.bytes.slice(this.valueAt, this.valueAt + this.valueLength);
  }

  #fail(what: string): false {
    this.fault = `broken ${what} in record ${this.index + 1}`;
    return false;
  }

  /** A negative length is null: nothing to skip. */
  #skip(length: number): boolean {
    if (!(length > 0)) return !Number.isNaN(length) && this.#position <= this.recordEnd;
    this.#position += length;
    return this.#position <= this.recordEnd;
  }

  #readVarint(): number {
    const bytes = this.bytes;
    let position = this.#position;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (position >= this.#end) return broken;
      const byte = bytes[position++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.#position = position;
        return (value >>> 1) ^ -(value & 1);
      }
    }
    return broken;
  }

  #readVarlong(): number {
    const bytes = this.bytes;
    let position = this.#position;
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      if (position >= this.#end) return broken;
      const byte = bytes[position++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.#position = position;
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      }
      scale *= 0x80;
    }
    return broken;
  }
}
