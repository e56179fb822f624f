import { logLimits } from '../base/limits.ts';
import type { Segment } from './segment.ts';

/** Sealed segments whose indexes are in memory; beyond the limit the one that was loaded first is let go. */
export class LoadedIndexes {
  readonly #segments: Segment[] = [];

  note(segment: Segment): void {
    if (this.#segments.includes(segment)) return;
    this.#segments.push(segment);
    this.#trim();
  }

  /** The segment is active again: its indexes stay. */
  forget(segment: Segment): void {
    const at = this.#segments.indexOf(segment);
    if (at >= 0) this.#segments.splice(at, 1);
  }

  #trim(): void {
    for (let i = 0; i < this.#segments.length && this.#segments.length > logLimits.loadedIndexesPerLog; ) {
      const segment = this.#segments[i];
      if (!segment.isGone && !arePersisted(segment)) {
        i++;
        continue;
      }
      segment.indexes = null;
      this.#segments.splice(i, 1);
    }
  }
}

function arePersisted(segment: Segment): boolean {
  const indexes = segment.indexes;
  if (indexes === null) return true;
  return [indexes.offsets.table, indexes.times.table, indexes.transactions.table].every(
    (table) => table.persistedCount === table.count,
  );
}
