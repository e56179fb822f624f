import { batchLayout } from '../../protocol/batch-layout.ts';
import { batchIsTransactional, batchLastOffset, batchRecordCount } from '../../protocol/records/batch-view.ts';
import { readEndTransactionMarker } from '../control-record.ts';
import { type ProducerKey, readProducerKey } from '../producer-key.ts';
import type { AbortedTransaction } from '../transaction-index.ts';

interface OngoingAbort {
  readonly transaction: AbortedTransaction;
  /** A batch of the transaction was seen: its marker has something to say. */
  hasBatches: boolean;
}

/**
 * Which batches of a log that is walked from its start belong to aborted transactions, and which markers end a
 * transaction of which no batch is left.
 */
export class TransactionTracker {
  /** By first offset, the next one last. */
  readonly #coming: AbortedTransaction[];
  readonly #aborted = new Map<ProducerKey, OngoingAbort>();
  readonly #committed = new Set<ProducerKey>();
  readonly #onAbort: (transaction: AbortedTransaction) => void;

  /** `onAbort` is called at the marker of each aborted transaction of which a batch was seen. */
  constructor(aborted: readonly AbortedTransaction[], onAbort: (transaction: AbortedTransaction) => void = () => {}) {
    this.#coming = [...aborted].sort((a, b) => b.firstOffset - a.firstOffset);
    this.#onAbort = onAbort;
  }

  /** Whether a batch of data belongs to an aborted transaction. */
  isAborted(bytes: Uint8Array, at: number): boolean {
    this.#reach(batchLastOffset(bytes, at));
    if (!batchIsTransactional(bytes, at)) return false;
    const producerId = readProducerKey(bytes, at + batchLayout.producerId);
    const aborted = this.#aborted.get(producerId);
    if (aborted === undefined) {
      this.#committed.add(producerId);
      return false;
    }
    aborted.hasBatches = true;
    return true;
  }

  /** Whether a control batch ends a transaction of which nothing is left. */
  endsNothing(bytes: Uint8Array, at: number): boolean {
    this.#reach(batchLastOffset(bytes, at));
    // An empty one was cleaned before.
    if (batchRecordCount(bytes, at) === 0) return true;
    const marker = readEndTransactionMarker(bytes, at);
    if (marker === null) return false;
    const producerId = readProducerKey(bytes, at + batchLayout.producerId);
    if (!marker.isAbort) return !this.#committed.delete(producerId);
    const aborted = this.#aborted.get(producerId);
    this.#aborted.delete(producerId);
    if (aborted === undefined || !aborted.hasBatches) return true;
    this.#onAbort(aborted.transaction);
    return false;
  }

  #reach(offset: number): void {
    for (let next = this.#coming.at(-1); next !== undefined && next.firstOffset <= offset; next = this.#coming.at(-1)) {
      this.#coming.pop();
      if (!this.#aborted.has(next.producerId)) {
        this.#aborted.set(next.producerId, { transaction: next, hasBatches: false });
      }
    }
  }
}
