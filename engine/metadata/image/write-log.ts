import { assert } from '../../base/assert.ts';

/** One write that is replayed but not committed. */
export interface PendingWrite {
  /** Offset of the record that made it. */
  readonly offset: number;
  /** Makes it part of the committed state. Called in the order of writing. */
  fold(): void;
  /** Puts it into the overlay again, after the overlay was cleared. */
  restore(): void;
}

export interface OverlayStore {
  clearOverlay(): void;
}

/**
 * The writes of an image beyond its last committed offset, in order. All stores of an image share one, so that a record
 * which touches several folds or drops as a whole.
 */
export class WriteLog {
  readonly #stores: OverlayStore[] = [];
  #writes: PendingWrite[] = [];
  #head = 0;
  #offset = -1;
  #direct = false;

  addStore(store: OverlayStore): void {
    this.#stores.push(store);
  }

  /** Offset of the record being replayed. */
  get offset(): number {
    return this.#offset;
  }

  /** While true writes go to the committed state at once: a snapshot is being loaded. */
  get direct(): boolean {
    return this.#direct;
  }

  get pendingCount(): number {
    return this.#writes.length - this.#head;
  }

  setDirect(direct: boolean): void {
    assert(this.pendingCount === 0, 'write log: pending writes while the way of writing changes');
    this.#direct = direct;
  }

  beginRecord(offset: number): void {
    this.#offset = offset;
  }

  push(write: PendingWrite): void {
    this.#writes.push(write);
  }

  /** Commits the writes of records below `offset`. */
  fold(offset: number): void {
    while (this.#head < this.#writes.length && this.#writes[this.#head].offset < offset) {
      this.#writes[this.#head++].fold();
    }
    if (this.#head === this.#writes.length) {
      this.#writes = [];
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head * 2 > this.#writes.length) {
      this.#writes = this.#writes.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Forgets the writes of records at `offset` and beyond. */
  dropFrom(offset: number): void {
    const kept = this.#writes.slice(this.#head).filter((write) => write.offset < offset);
    for (const store of this.#stores) store.clearOverlay();
    this.#writes = kept;
    this.#head = 0;
    for (const write of kept) write.restore();
  }
}
