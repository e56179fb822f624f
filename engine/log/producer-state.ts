import { batchLayout } from '../protocol/batch-layout.ts';
import {
  batchBaseOffset,
  batchBaseSequence,
  batchIsControl,
  batchIsTransactional,
  batchLastOffsetDelta,
  batchMaxTimestamp,
  batchProducerEpoch,
} from '../protocol/records/batch-view.ts';
import { readEndTransactionMarker } from './control-record.ts';
import { noEpoch, noOffset, noSequence, ProducerEntry, sequenceAfter } from './producer-entry.ts';
import { type ProducerKey, readProducerKey } from './producer-key.ts';
import type { AbortedTransaction } from './transaction-index.ts';

/** Who appends: a client, the transaction or group machine of this node, or a follower that copies its leader. */
export type AppendOrigin = 'client' | 'coordinator' | 'replication';

/** What the producer fields of a batch come to, named as the protocol names the errors. */
export type ProducerVerdict =
  | 'ok'
  | 'duplicate'
  | 'out-of-order-sequence-number'
  | 'invalid-producer-epoch'
  | 'invalid-txn-state'
  | 'transaction-coordinator-fenced';

const maxProducerEpoch = 32767;

interface OpenTransaction {
  readonly producerId: ProducerKey;
  readonly firstOffset: number;
}

interface EndedTransaction extends OpenTransaction {
  readonly lastOffset: number;
}

/** The producers of one partition: idempotence, and which transactions are open (Kafka's producer state, KIP-98). */
export class ProducerState {
  readonly #maxProducers: number;
  #entries = new Map<ProducerKey, ProducerEntry>();
  /** Open ones by ascending first offset; there are few. */
  readonly #open: OpenTransaction[] = [];
  /** Ended ones whose marker is not below the high watermark yet. */
  readonly #unreplicated: EndedTransaction[] = [];
  /** All below this offset is in the state. */
  mapEndOffset = 0;
  /** Set by `check` when it answers `duplicate`: what the first copy of the batch was answered. */
  duplicateBaseOffset = noOffset;
  duplicateLastOffset = noOffset;
  duplicateTimestampMs = -1;

  constructor(maxProducers: number) {
    this.#maxProducers = maxProducers;
  }

  get size(): number {
    return this.#entries.size;
  }

  get hasOpenTransaction(): boolean {
    return this.#open.length > 0;
  }

  entries(): ReadonlyMap<ProducerKey, ProducerEntry> {
    return this.#entries;
  }

  entryOf(producerId: ProducerKey): ProducerEntry | undefined {
    return this.#entries.get(producerId);
  }

  /** First offset of the oldest transaction that is open, or ended above the high watermark; -1 without one. */
  get firstUnstableOffset(): number {
    const open = this.#open.length === 0 ? noOffset : this.#open[0].firstOffset;
    const ended = this.#unreplicated.length === 0 ? noOffset : this.#unreplicated[0].firstOffset;
    if (open < 0) return ended;
    return ended < 0 ? open : Math.min(open, ended);
  }

  /**
   * Whether a batch may be appended, by its producer id, epoch and sequence. Changes nothing. `transactionVersion` is that
   * of a WriteTxnMarkers request: from 2 on a marker carries the bumped epoch (KIP-890).
   */
  check(bytes: Uint8Array, at: number, origin: AppendOrigin, transactionVersion = -1): ProducerVerdict {
    const producerId = readProducerKey(bytes, at + batchLayout.producerId);
    if (producerId < 0) return 'ok';
    const entry = this.#entries.get(producerId);
    const epoch = batchProducerEpoch(bytes, at);
    if (batchIsControl(bytes, at)) return checkMarker(entry, bytes, at, origin, transactionVersion);
    const firstSequence = batchBaseSequence(bytes, at);
    if (entry === undefined) return 'ok';
    if (origin === 'client' && this.#isDuplicate(entry, bytes, at, epoch, firstSequence)) return 'duplicate';
    if (epoch < entry.epoch && origin !== 'replication') return 'invalid-producer-epoch';
    if (origin === 'client' && !isInSequence(entry, epoch, firstSequence)) return 'out-of-order-sequence-number';
    if (entry.currentTxnFirstOffset >= 0 && !batchIsTransactional(bytes, at)) return 'invalid-txn-state';
    return 'ok';
  }

  /** Takes a batch that is appended (or replayed) into the state. Answers the transaction that its marker aborted. */
  apply(bytes: Uint8Array, at: number): AbortedTransaction | null {
    const baseOffset = batchBaseOffset(bytes, at);
    const lastOffset = baseOffset + batchLastOffsetDelta(bytes, at);
    this.mapEndOffset = lastOffset + 1;
    const producerId = readProducerKey(bytes, at + batchLayout.producerId);
    if (producerId < 0) return null;
    const epoch = batchProducerEpoch(bytes, at);
    if (batchIsControl(bytes, at)) return this.#applyMarker(bytes, at, producerId, epoch);
    const entry = this.#entryFor(producerId);
    const delta = lastOffset - baseOffset;
    const lastSequence = sequenceAfter(batchBaseSequence(bytes, at), delta);
    entry.addBatch(epoch, lastSequence, lastOffset, delta, batchMaxTimestamp(bytes, at));
    if (batchIsTransactional(bytes, at) && entry.currentTxnFirstOffset < 0) {
      entry.currentTxnFirstOffset = baseOffset;
      this.#open.push({ producerId, firstOffset: baseOffset });
    }
    return null;
  }

  /** Ended transactions below the high watermark no longer hold back the last stable offset. */
  highWatermarkMoved(highWatermark: number): void {
    const ended = this.#unreplicated;
    if (ended.length === 0) return;
    let kept = 0;
    for (const transaction of ended) {
      if (transaction.lastOffset >= highWatermark) ended[kept++] = transaction;
    }
    ended.length = kept;
  }

  /** Forgets ended transactions that lie before the log's start. */
  logStartMoved(logStartOffset: number): void {
    this.highWatermarkMoved(logStartOffset);
    if (this.mapEndOffset < logStartOffset) this.mapEndOffset = logStartOffset;
  }

  /** Forgets producers without an open transaction whose last batch is `expirationMs` old. Answers how many. */
  removeExpired(nowMs: number, expirationMs: number): number {
    let removed = 0;
    for (const [producerId, entry] of this.#entries) {
      if (entry.currentTxnFirstOffset >= 0 || nowMs - entry.lastTimestampMs < expirationMs) continue;
      this.#entries.delete(producerId);
      removed++;
    }
    return removed;
  }

  /** Puts a snapshot's producers in place of the present ones. */
  load(entries: Map<ProducerKey, ProducerEntry>, endOffset: number): void {
    this.clear(endOffset);
    this.#entries = entries;
    for (const [producerId, entry] of entries) {
      if (entry.currentTxnFirstOffset >= 0) this.#open.push({ producerId, firstOffset: entry.currentTxnFirstOffset });
    }
    this.#open.sort((a, b) => a.firstOffset - b.firstOffset);
  }

  clear(endOffset: number): void {
    this.#entries = new Map();
    this.#open.length = 0;
    this.#unreplicated.length = 0;
    this.mapEndOffset = endOffset;
  }

  #isDuplicate(entry: ProducerEntry, bytes: Uint8Array, at: number, epoch: number, firstSequence: number): boolean {
    const lastSequence = sequenceAfter(firstSequence, batchLastOffsetDelta(bytes, at));
    const index = entry.findDuplicate(epoch, firstSequence, lastSequence);
    if (index < 0) return false;
    this.duplicateLastOffset = entry.lastOffsetOf(index);
    this.duplicateBaseOffset = this.duplicateLastOffset - entry.offsetDeltaOf(index);
    this.duplicateTimestampMs = entry.timestampOf(index);
    return true;
  }

  #applyMarker(bytes: Uint8Array, at: number, producerId: ProducerKey, epoch: number): AbortedTransaction | null {
    const marker = readEndTransactionMarker(bytes, at);
    if (marker === null) return null;
    const entry = this.#entryFor(producerId);
    entry.setEpoch(epoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestampMs = batchMaxTimestamp(bytes, at);
    const firstOffset = entry.currentTxnFirstOffset;
    entry.currentTxnFirstOffset = noOffset;
    if (firstOffset < 0) return null;
    const lastOffset = batchBaseOffset(bytes, at);
    const index = this.#open.findIndex((transaction) => transaction.firstOffset === firstOffset);
    if (index >= 0) this.#open.splice(index, 1);
    const lastStableOffset = this.#open.length === 0 ? lastOffset + 1 : this.#open[0].firstOffset;
    this.#holdBack({ producerId, firstOffset, lastOffset });
    return marker.isAbort ? { producerId, firstOffset, lastOffset, lastStableOffset } : null;
  }

  /** Keeps the list sorted by first offset; nearly always the new one belongs at the end. */
  #holdBack(transaction: EndedTransaction): void {
    const ended = this.#unreplicated;
    let at = ended.length;
    while (at > 0 && ended[at - 1].firstOffset > transaction.firstOffset) at--;
    ended.splice(at, 0, transaction);
  }

  #entryFor(producerId: ProducerKey): ProducerEntry {
    let entry = this.#entries.get(producerId);
    if (entry === undefined) {
      if (this.#entries.size >= this.#maxProducers) this.#evict();
      entry = new ProducerEntry();
      this.#entries.set(producerId, entry);
    }
    return entry;
  }

  /** At the cap, the sixteenth part that was silent longest is forgotten, as if it had expired. */
  #evict(): void {
    const idle: [ProducerKey, number][] = [];
    for (const [producerId, entry] of this.#entries) {
      if (entry.currentTxnFirstOffset < 0) idle.push([producerId, entry.lastOffset]);
    }
    idle.sort((a, b) => a[1] - b[1]);
    const count = Math.min(idle.length, Math.max(1, this.#maxProducers >> 4));
    for (let i = 0; i < count; i++) this.#entries.delete(idle[i][0]);
  }
}

function isInSequence(entry: ProducerEntry, epoch: number, firstSequence: number): boolean {
  if (epoch !== entry.epoch) return firstSequence === 0 || entry.epoch === noEpoch;
  const last = entry.lastSequence;
  if (entry.epoch === noEpoch) return true;
  return firstSequence === (last === noSequence ? 0 : sequenceAfter(last, 1));
}

function checkMarker(
  entry: ProducerEntry | undefined,
  bytes: Uint8Array,
  at: number,
  origin: AppendOrigin,
  transactionVersion: number,
): ProducerVerdict {
  const marker = readEndTransactionMarker(bytes, at);
  if (entry === undefined || marker === null || origin === 'replication') return 'ok';
  const epoch = batchProducerEpoch(bytes, at);
  if (transactionVersion >= 2) {
    // A retried marker finds its epoch in place already; at the last epoch there is nothing to bump to.
    const isRetry = epoch === entry.epoch && (entry.currentTxnFirstOffset < 0 || epoch === maxProducerEpoch);
    if (epoch <= entry.epoch && !isRetry) return 'invalid-producer-epoch';
  } else if (epoch < entry.epoch) return 'invalid-producer-epoch';
  return entry.coordinatorEpoch > marker.coordinatorEpoch ? 'transaction-coordinator-fenced' : 'ok';
}
