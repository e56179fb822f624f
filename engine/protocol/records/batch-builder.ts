import { assert } from '../../base/assert.ts';
import { type Checksum, type Compression, type CompressionCodec, compressionCodec } from '../../base/codec.ts';
import { batchAttributes, batchHeaderBytes, batchLayout, logOverheadBytes } from '../batch-layout.ts';
import { magicV2, noPartitionLeaderEpoch, noProducerEpoch, noProducerId, noSequence, sealBatch } from './batch-view.ts';
import { writeBigInt64, writeInt16, writeInt32, writeInt64 } from './big-endian.ts';
import { type ControlRecordType, controlRecordKey } from './control-records.ts';
import { varintSize, varlongSize, writeVarint, writeVarlong } from './varints.ts';

export interface RecordHeader {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

export interface BatchOptions {
  readonly baseOffset?: number;
  readonly partitionLeaderEpoch?: number;
  readonly producerId?: bigint;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** Every record's time is this one, and the batch says so. */
  readonly logAppendTimeMs?: number;
}

const firstCapacityBytes = 512;

/** Collects records and makes the batch that Apache's clients and brokers would make of them, byte for byte. */
export class BatchBuilder {
  readonly #options: BatchOptions;
  #bytes: Uint8Array;
  #end = batchHeaderBytes;
  #count = 0;
  #baseTimestamp = 0;
  #maxTimestamp = 0;

  /** `memory`, if given, is all zero and holds the batch as long as it fits. */
  constructor(options: BatchOptions = {}, memory: Uint8Array = new Uint8Array(firstCapacityBytes)) {
    this.#options = options;
    this.#bytes = memory;
  }

  get recordCount(): number {
    return this.#count;
  }

  /** Size of the batch so far, uncompressed. */
  get sizeBytes(): number {
    return this.#end;
  }

  append(
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[] = [],
  ): this {
    if (this.#count === 0) this.#baseTimestamp = timestampMs;
    if (this.#count === 0 || timestampMs > this.#maxTimestamp) this.#maxTimestamp = timestampMs;
    const timestampDelta = timestampMs - this.#baseTimestamp;
    const bodyBytes =
      1 +
      varlongSize(timestampDelta) +
      varintSize(this.#count) +
      fieldSize(key) +
      fieldSize(value) +
      headersSize(headers);
    this.#reserve(varintSize(bodyBytes) + bodyBytes);
    const bytes = this.#bytes;
    let to = writeVarint(bytes, this.#end, bodyBytes);
    bytes[to++] = 0;
    to = writeVarlong(bytes, to, timestampDelta);
    to = writeVarint(bytes, to, this.#count);
    to = writeField(bytes, to, key);
    to = writeField(bytes, to, value);
    to = writeVarint(bytes, to, headers.length);
    for (const header of headers) {
      to = writeField(bytes, to, header.key);
      to = writeField(bytes, to, header.value);
    }
    this.#end = to;
    this.#count++;
    return this;
  }

  /** A control record; the builder's options must say that the batch is one of control. */
  appendControl(timestampMs: number, type: ControlRecordType, value: Uint8Array): this {
    assert(this.#options.isControl === true, 'a control record in a batch of data');
    return this.append(timestampMs, controlRecordKey(type), value);
  }

  /** The uncompressed batch. The builder must not be used again. */
  build(checksum: Checksum): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#end);
    this.#writeHeader(bytes, compressionCodec.none);
    sealBatch(bytes, 0, checksum);
    return bytes;
  }

  /** The batch with its records compressed. The builder must not be used again. */
  async buildCompressed(
    checksum: Checksum,
    compression: Compression,
    codec: CompressionCodec,
    level?: number,
  ): Promise<Uint8Array> {
    if (codec === compressionCodec.none) return this.build(checksum);
    const deflated = await compression.compress(codec, this.#bytes.subarray(batchHeaderBytes, this.#end), level);
    const bytes = new Uint8Array(batchHeaderBytes + deflated.length);
    bytes.set(deflated, batchHeaderBytes);
    this.#writeHeader(bytes, codec);
    sealBatch(bytes, 0, checksum);
    return bytes;
  }

  #writeHeader(bytes: Uint8Array, codec: CompressionCodec): void {
    assert(this.#count > 0, 'a batch without records');
    const options = this.#options;
    const { logAppendTimeMs } = options;
    let attributes: number = codec;
    if (logAppendTimeMs !== undefined) attributes |= batchAttributes.logAppendTime;
    if (options.isTransactional === true) attributes |= batchAttributes.transactional;
    if (options.isControl === true) attributes |= batchAttributes.control;
    writeInt64(bytes, batchLayout.baseOffset, options.baseOffset ?? 0);
    writeInt32(bytes, batchLayout.batchLength, bytes.length - logOverheadBytes);
    writeInt32(bytes, batchLayout.partitionLeaderEpoch, options.partitionLeaderEpoch ?? noPartitionLeaderEpoch);
    bytes[batchLayout.magic] = magicV2;
    writeInt16(bytes, batchLayout.attributes, attributes);
    writeInt32(bytes, batchLayout.lastOffsetDelta, this.#count - 1);
    writeInt64(bytes, batchLayout.baseTimestamp, this.#baseTimestamp);
    writeInt64(bytes, batchLayout.maxTimestamp, logAppendTimeMs ?? this.#maxTimestamp);
    writeBigInt64(bytes, batchLayout.producerId, options.producerId ?? noProducerId);
    writeInt16(bytes, batchLayout.producerEpoch, options.producerEpoch ?? noProducerEpoch);
    writeInt32(bytes, batchLayout.baseSequence, options.baseSequence ?? noSequence);
    writeInt32(bytes, batchLayout.recordCount, this.#count);
  }

  #reserve(moreBytes: number): void {
    const needed = this.#end + moreBytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

function fieldSize(field: Uint8Array | null): number {
  return field === null ? 1 : varintSize(field.length) + field.length;
}

function headersSize(headers: readonly RecordHeader[]): number {
  let size = varintSize(headers.length);
  for (const header of headers) size += fieldSize(header.key) + fieldSize(header.value);
  return size;
}

function writeField(bytes: Uint8Array, at: number, field: Uint8Array | null): number {
  if (field === null) return writeVarint(bytes, at, -1);
  const start = writeVarint(bytes, at, field.length);
  bytes.set(field, start);
  return start + field.length;
}
