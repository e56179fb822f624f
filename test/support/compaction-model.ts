/** A compacted log as a list of records, cleaned the naive way; and the load that fills both. */
import { type CompressionCodec, compressionCodec } from '../../engine/base/codec.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import { batchHeaderBytes } from '../../engine/protocol/batch-layout.ts';
import { BatchBuilder } from '../../engine/protocol/records/batch-builder.ts';
import {
  batchBaseOffset,
  batchCodec,
  batchIsControl,
  batchLastOffset,
  batchSizeBytes,
} from '../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../engine/protocol/records/record-cursor.ts';
import { splitBatches } from '../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { finished, readFrom, testMarker } from './log-fixture.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface ModelRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestampMs: number;
}

interface ModelBatch {
  readonly baseOffset: number;
  readonly endOffset: number;
  readonly isControl: boolean;
  records: ModelRecord[];
  /** Of data: part of a transaction that was aborted. */
  isAborted: boolean;
  horizonMs: number | null;
}

const text = (value: string | null): Uint8Array | null => (value === null ? null : new TextEncoder().encode(value));
const codecs: readonly CompressionCodec[] = Object.values(compressionCodec);

export class CompactionModel {
  batches: ModelBatch[] = [];
  /** The producers that append are this one and the three after it; those before have fallen silent. */
  firstProducerId = 0;
  readonly #random: SeededRandom;
  readonly #keys: number;
  readonly #sequences = new Map<number, number>();
  readonly #open = new Map<number, ModelBatch[]>();

  constructor(random: SeededRandom, keys: number) {
    this.#random = random;
    this.#keys = keys;
  }

  /** Appends a batch by chance: of one of a few producers, in a transaction or not, or the end of a transaction. */
  async append(log: PartitionLog, timestampMs: number): Promise<void> {
    const chosen = this.#random.below(5) - 1;
    const producerId = chosen < 0 ? chosen : chosen + this.firstProducerId;
    const open = this.#open.get(producerId);
    if (open !== undefined && this.#random.oneIn(3)) await this.#endTransaction(log, producerId, open);
    else await this.#appendData(log, producerId, timestampMs);
  }

  /** No transaction is open after it. */
  async endTransactions(log: PartitionLog): Promise<void> {
    for (const [producerId, open] of [...this.#open]) await this.#endTransaction(log, producerId, open);
  }

  async #endTransaction(log: PartitionLog, producerId: number, open: readonly ModelBatch[]): Promise<void> {
    const baseOffset = log.nextOffset;
    const isAbort = this.#random.oneIn(2);
    const options = { baseOffset, partitionLeaderEpoch: 0, producerId: BigInt(producerId), producerEpoch: 0 };
    await stage(log, testMarker(isAbort ? 'abort' : 'commit', 0, options));
    this.#open.delete(producerId);
    if (isAbort) for (const batch of open) batch.isAborted = true;
    const base = { baseOffset, endOffset: baseOffset + 1, isControl: true, isAborted: false, horizonMs: null };
    this.batches.push({ ...base, records: [] });
  }

  async #appendData(log: PartitionLog, producerId: number, timestampMs: number): Promise<void> {
    const random = this.#random;
    const isTransactional = producerId >= this.firstProducerId + 2;
    const baseOffset = log.nextOffset;
    const sequence = this.#sequences.get(producerId) ?? 0;
    const producer =
      producerId < 0
        ? {}
        : { producerId: BigInt(producerId), producerEpoch: 0, baseSequence: sequence, isTransactional };
    const isLogAppendTime = random.oneIn(6);
    const time = isLogAppendTime ? { logAppendTimeMs: timestampMs } : {};
    const builder = new BatchBuilder({ baseOffset, partitionLeaderEpoch: 0, ...producer, ...time });
    const records: ModelRecord[] = [];
    for (let left = 1 + random.below(5); left > 0; left--) {
      const key = random.oneIn(25) ? null : `key-${random.below(this.#keys)}`;
      const value = random.oneIn(4) && key !== null ? null : `value-${baseOffset}-${'x'.repeat(random.below(60))}`;
      const recordMs = isLogAppendTime ? timestampMs : timestampMs + random.below(200) - 100;
      const headers = random.oneIn(5) ? [{ key: text('header')!, value: text('of it') }] : [];
      records.push({ offset: baseOffset + records.length, key, value, timestampMs: recordMs });
      builder.append(recordMs, text(key), text(value), headers);
    }
    await stage(log, await builder.buildCompressed(checksum, compression, codecs[random.below(codecs.length)]));
    this.#sequences.set(producerId, sequence + records.length);
    const endOffset = baseOffset + records.length;
    const batch = { baseOffset, endOffset, isControl: false, records, isAborted: false, horizonMs: null };
    this.batches.push(batch);
    if (!isTransactional) return;
    const open = this.#open.get(producerId) ?? [];
    open.push(batch);
    this.#open.set(producerId, open);
  }

  /** What a cleaning does that mapped [fromOffset, endOffset), in all segments that begin below `endOffset`. */
  clean(fromOffset: number, endOffset: number, segmentsEnd: number, nowMs: number, deleteRetentionMs: number): void {
    const newest = new Map<string, number>();
    for (const batch of this.batches) {
      if (batch.isAborted) continue;
      for (const { key, offset } of batch.records) {
        if (key !== null && offset >= fromOffset && offset < endOffset) newest.set(key, offset);
      }
    }
    for (const batch of this.batches) {
      if (batch.baseOffset >= segmentsEnd || batch.isControl) continue;
      const isPastHorizon = batch.horizonMs !== null && batch.horizonMs <= nowMs;
      batch.records = batch.records.filter(({ offset, key, value }) => {
        if (batch.isAborted) return false;
        if (offset >= endOffset) return true;
        return key !== null && offset >= (newest.get(key) ?? -1) && (value !== null || !isPastHorizon);
      });
      if (batch.records.some(({ value }) => value === null)) batch.horizonMs ??= nowMs + deleteRetentionMs;
    }
  }

  records(): ModelRecord[] {
    return this.batches.flatMap(({ records }) => records);
  }

  /** Offsets of records that were aborted and are left. */
  abortedOffsets(): Set<number> {
    return new Set(
      this.batches
        .filter(({ isAborted }) => isAborted)
        .flatMap(({ records }) => records)
        .map(({ offset }) => offset),
    );
  }

  /** The newest value of each key, of what is left. */
  newest(): Map<string, string | null> {
    const values = new Map<string, string | null>();
    for (const batch of this.batches) {
      if (!batch.isAborted) for (const { key, value } of batch.records) if (key !== null) values.set(key, value);
    }
    return values;
  }
}

async function stage(log: PartitionLog, bytes: Uint8Array): Promise<void> {
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
}

/** All batches of a log, read in pieces. */
export async function batchesOf(log: PartitionLog, maxBytes = 700): Promise<Uint8Array[]> {
  const batches: Uint8Array[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset; ) {
    const answer = await readFrom(log, offset, maxBytes);
    if (answer === 'out-of-range') throw new Error(`offset ${offset} is out of range`);
    if (answer.bytes.length === 0) break;
    for (const batch of splitBatches(answer.bytes)) batches.push(Uint8Array.from(batch));
    offset = answer.nextOffset;
  }
  return batches;
}

/** The records of batches, those of control left out. */
export function recordsIn(batches: readonly Uint8Array[]): ModelRecord[] {
  const records: ModelRecord[] = [];
  for (const batch of batches) {
    if (batchIsControl(batch, 0)) continue;
    const cursor = new RecordCursor();
    const codec = batchCodec(batch, 0) as CompressionCodec;
    if (codec === compressionCodec.none) cursor.openBatch(batch, 0);
    else {
      const inflated = compression.decompress(
        codec,
        batch.subarray(batchHeaderBytes, batchSizeBytes(batch, 0)),
        1 << 20,
      );
      cursor.openInflated(batch, 0, inflated);
    }
    while (cursor.next()) {
      const key = cursor.copyKey();
      const value = cursor.copyValue();
      const read = (bytes: Uint8Array | null) => (bytes === null ? null : new TextDecoder().decode(bytes));
      records.push({ offset: cursor.offset, key: read(key), value: read(value), timestampMs: cursor.timestampMs });
    }
    if (cursor.fault !== null) throw new Error(cursor.fault);
    const isInside = records.every(({ offset }) => offset <= batchLastOffset(batch, 0));
    if (!isInside) throw new Error(`a record lies behind its batch at ${batchBaseOffset(batch, 0)}`);
  }
  return records;
}
