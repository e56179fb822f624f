import type { Checksum, Compression } from '../../base/codec.ts';
import { batchLayout } from '../../protocol/batch-layout.ts';
import {
  batchBaseTimestamp,
  batchHasDeleteHorizon,
  batchIsControl,
  batchLastOffset,
  batchProducerEpoch,
  batchSizeBytes,
} from '../../protocol/records/batch-view.ts';
import type { RecordCursor } from '../../protocol/records/record-cursor.ts';
import { type ProducerKey, readProducerKey } from '../producer-key.ts';
import { BatchRecords } from './batch-records.ts';
import { BatchRewriter, emptyBatch } from './batch-rewriter.ts';
import type { LastRecord } from './cleaning-request.ts';
import type { OffsetMap } from './offset-map.ts';
import type { TransactionTracker } from './transaction-tracker.ts';

export interface FilterOptions {
  readonly map: OffsetMap;
  readonly transactions: TransactionTracker;
  readonly lastRecords: ReadonlyMap<ProducerKey, LastRecord>;
  readonly nowMs: number;
  readonly deleteRetentionMs: number;
  readonly checksum: Checksum;
  readonly compression: Compression;
}

/**
 * Decides, batch by batch, what a compacted log keeps: of each key the newest record; a tombstone, and the marker of a
 * transaction of which nothing is left, until their delete horizon, which is written into the batch when they are first
 * met (KIP-534); nothing of aborted transactions. Batches keep their offsets, however few records are left in them.
 */
export class BatchFilter {
  readonly #options: FilterOptions;
  readonly #records: BatchRecords;
  readonly #rewriter: BatchRewriter;

  constructor(options: FilterOptions) {
    this.#options = options;
    this.#records = new BatchRecords(options.compression);
    this.#rewriter = new BatchRewriter(options.checksum, options.compression);
  }

  /**
   * The batch that is to be written in the place of the one at `at`: valid until the next call, and null where nothing
   * is. `isLast`: it tells where the segment ends, and stays if only without records.
   */
  filter(bytes: Uint8Array, at: number, isLast: boolean): Promise<Uint8Array> | Uint8Array | null {
    const { transactions, nowMs, deleteRetentionMs } = this.#options;
    const isControl = batchIsControl(bytes, at);
    const isOver = isControl ? transactions.endsNothing(bytes, at) : transactions.isAborted(bytes, at);
    const horizonMs = batchHasDeleteHorizon(bytes, at) ? batchBaseTimestamp(bytes, at) : null;
    const isPastHorizon = horizonMs !== null && horizonMs <= nowMs;
    const isDiscarded = isOver && (!isControl || isPastHorizon);
    const isKeptEmpty = isLast || this.#isLastOfProducer(bytes, at, isControl);
    if (isDiscarded) return isKeptEmpty ? this.#empty(bytes, at) : null;
    this.#records.open(bytes, at);
    const kept = this.#rewriter.kept;
    kept.begin(this.#records.count);
    const { cursor } = this.#records;
    while (cursor.next()) {
      if (isControl || this.#keeps(cursor, isPastHorizon))
        kept.add(cursor.index, cursor.timestampMs, cursor.valueLength < 0);
    }
    this.#records.checkEnd();
    if (kept.count === 0) return isKeptEmpty ? this.#empty(bytes, at) : null;
    const needsHorizon = horizonMs === null && (kept.hasTombstone || (isControl && isOver));
    const isWhole = kept.count === this.#records.count;
    if (isWhole && !(needsHorizon && kept.isExact)) return bytes.subarray(at, at + batchSizeBytes(bytes, at));
    return this.#rewriter.rewrite(bytes, at, this.#records, needsHorizon ? nowMs + deleteRetentionMs : null);
  }

  #empty(bytes: Uint8Array, at: number): Uint8Array {
    return emptyBatch(bytes, at, this.#options.checksum);
  }

  #keeps(cursor: RecordCursor, isPastHorizon: boolean): boolean {
    const { map } = this.#options;
    const { offset } = cursor;
    if (offset > map.latestOffset) return true;
    if (cursor.keyLength < 0 || offset < map.get(cursor.bytes, cursor.keyAt, cursor.keyLength)) return false;
    return cursor.valueLength >= 0 || !isPastHorizon;
  }

  /** Its last sequence, or where there is none the epoch of its last marker, is all that the log knows of a producer. */
  #isLastOfProducer(bytes: Uint8Array, at: number, isControl: boolean): boolean {
    const producerId = readProducerKey(bytes, at + batchLayout.producerId);
    const last = producerId < 0 ? undefined : this.#options.lastRecords.get(producerId);
    if (last === undefined) return false;
    if (last.lastOffset >= 0) return batchLastOffset(bytes, at) === last.lastOffset;
    return isControl && batchProducerEpoch(bytes, at) === last.epoch;
  }
}
