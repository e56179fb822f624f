import { type Checksum, type Compression, type CompressionCodec, compressionCodec } from '../../base/codec.ts';
import { batchAttributes, batchHeaderBytes, batchLayout, logOverheadBytes } from '../../protocol/batch-layout.ts';
import {
  batchAttributesOf,
  batchBaseTimestamp,
  batchCodec,
  batchHasDeleteHorizon,
  sealBatch,
  setBatchAttributes,
  setBatchMaxTimestamp,
} from '../../protocol/records/batch-view.ts';
import { writeInt32, writeInt64 } from '../../protocol/records/big-endian.ts';
import type { RecordCursor } from '../../protocol/records/record-cursor.ts';
import { varintSize, varlongSize, writeVarint, writeVarlong } from '../../protocol/records/varints.ts';
import type { BatchRecords } from './batch-records.ts';

/** Times up to here, and their differences, are exact as numbers and as varlongs. */
const mostTimestampMs = 2 ** 51;
/** What a record can grow by when its time is written anew: a longer varlong, and with it a longer length. */
const growthBytes = 16;

/** Which records of a batch stay. */
class KeptRecords {
  #flags = new Uint8Array(64);
  count = 0;
  firstTimestampMs = -1;
  minTimestampMs = 0;
  maxTimestampMs = 0;
  hasTombstone = false;

  begin(records: number): void {
    if (records > this.#flags.length) this.#flags = new Uint8Array(records * 2);
    else this.#flags.fill(0, 0, records);
    this.count = 0;
    this.hasTombstone = false;
  }

  add(index: number, timestampMs: number, isTombstone: boolean): void {
    this.#flags[index] = 1;
    if (this.count++ === 0) {
      this.firstTimestampMs = timestampMs;
      this.minTimestampMs = timestampMs;
      this.maxTimestampMs = timestampMs;
    } else if (timestampMs < this.minTimestampMs) this.minTimestampMs = timestampMs;
    else if (timestampMs > this.maxTimestampMs) this.maxTimestampMs = timestampMs;
    if (isTombstone) this.hasTombstone = true;
  }

  has(index: number): boolean {
    return this.#flags[index] === 1;
  }

  /** Whether times can be written anew. */
  get isExact(): boolean {
    return this.minTimestampMs >= -mostTimestampMs && this.maxTimestampMs <= mostTimestampMs;
  }
}

/** Makes the batch that is left of one, with the kept records of it. */
export class BatchRewriter {
  readonly #checksum: Checksum;
  readonly #compression: Compression;
  readonly kept = new KeptRecords();
  #scratch = new Uint8Array(0);

  constructor(checksum: Checksum, compression: Compression) {
    this.#checksum = checksum;
    this.#compression = compression;
  }

  /**
   * The batch at `at` with the records that `kept` names; at least one. With a horizon that becomes its base timestamp,
   * and is kept by those that have one. The answer is valid until the next call.
   */
  rewrite(
    bytes: Uint8Array,
    at: number,
    records: BatchRecords,
    horizonMs: number | null,
  ): Uint8Array | Promise<Uint8Array> {
    const { kept } = this;
    const header = bytes.subarray(at, at + batchHeaderBytes);
    const codec = batchCodec(bytes, at) as CompressionCodec;
    const hasHorizon = batchHasDeleteHorizon(bytes, at);
    let baseTimestampMs = hasHorizon ? batchBaseTimestamp(bytes, at) : kept.firstTimestampMs;
    if (horizonMs !== null) baseTimestampMs = Math.min(horizonMs, mostTimestampMs);
    const isExact = kept.isExact && Math.abs(baseTimestampMs) <= mostTimestampMs;
    const end = this.#writeRecords(records, isExact ? baseTimestampMs : null);
    const made = this.#scratch.subarray(0, end);
    made.set(header);
    writeInt32(made, batchLayout.recordCount, kept.count);
    if (isExact) {
      const horizonBit = horizonMs === null ? 0 : batchAttributes.deleteHorizon;
      setBatchAttributes(made, 0, batchAttributesOf(made, 0) | horizonBit);
      writeInt64(made, batchLayout.baseTimestamp, baseTimestampMs);
      setBatchMaxTimestamp(made, 0, kept.maxTimestampMs);
    }
    if (codec === compressionCodec.none) return this.#seal(made);
    return this.#compress(made, codec);
  }

  async #compress(plain: Uint8Array, codec: CompressionCodec): Promise<Uint8Array> {
    const deflated = await this.#compression.compress(codec, plain.subarray(batchHeaderBytes), undefined);
    const made = new Uint8Array(batchHeaderBytes + deflated.length);
    made.set(plain.subarray(0, batchHeaderBytes));
    made.set(deflated, batchHeaderBytes);
    return this.#seal(made);
  }

  #seal(made: Uint8Array): Uint8Array {
    writeInt32(made, batchLayout.batchLength, made.length - logOverheadBytes);
    sealBatch(made, 0, this.#checksum);
    return made;
  }

  /** Fills the scratch memory behind the header; answers the end. Without a base timestamp records keep their bytes. */
  #writeRecords(records: BatchRecords, baseTimestampMs: number | null): number {
    const needed = batchHeaderBytes + records.sizeBytes + growthBytes * this.kept.count;
    if (this.#scratch.length < needed) this.#scratch = new Uint8Array(needed);
    const cursor = records.rewind();
    let to = batchHeaderBytes;
    while (cursor.next()) {
      if (!this.kept.has(cursor.index)) continue;
      if (baseTimestampMs === null) {
        this.#scratch.set(cursor.bytes.subarray(cursor.recordAt, cursor.recordEnd), to);
        to += cursor.recordEnd - cursor.recordAt;
      } else to = writeRecord(this.#scratch, to, cursor, cursor.timestampMs - baseTimestampMs);
    }
    return to;
  }
}

function writeRecord(target: Uint8Array, at: number, cursor: RecordCursor, timestampDelta: number): number {
  const { offsetDelta, keyLength } = cursor;
  const restBytes = cursor.recordEnd - cursor.keyAt;
  const bodyBytes = 1 + varlongSize(timestampDelta) + varintSize(offsetDelta) + varintSize(keyLength) + restBytes;
  let to = writeVarint(target, at, bodyBytes);
  target[to++] = cursor.attributes;
  to = writeVarlong(target, to, timestampDelta);
  to = writeVarint(target, to, offsetDelta);
  to = writeVarint(target, to, keyLength);
  target.set(cursor.bytes.subarray(cursor.keyAt, cursor.recordEnd), to);
  return to + restBytes;
}

/** What a batch leaves that stays for its offsets, its producer's sequence and its epoch alone. */
export function emptyBatch(bytes: Uint8Array, at: number, checksum: Checksum): Uint8Array {
  const made = bytes.slice(at, at + batchHeaderBytes);
  const gone = batchAttributes.codecMask | batchAttributes.deleteHorizon;
  setBatchAttributes(made, 0, batchAttributesOf(made, 0) & ~gone);
  writeInt32(made, batchLayout.batchLength, batchHeaderBytes - logOverheadBytes);
  writeInt64(made, batchLayout.baseTimestamp, -1);
  writeInt32(made, batchLayout.recordCount, 0);
  sealBatch(made, 0, checksum);
  return made;
}
