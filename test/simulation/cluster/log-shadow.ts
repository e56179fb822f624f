import type { LeaderEpoch, Offset } from '../../../engine/base/brands.ts';
import {
  batchBaseOffset,
  batchLastOffset,
  batchPartitionLeaderEpoch,
} from '../../../engine/protocol/records/batch-view.ts';
import { BatchWalk } from '../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../native-bindings/checksum.ts';

/** Where a batch ends, and a sum of it and of all before it: two logs with equal sums are equal up to there. */
export interface ShadowEntry {
  readonly baseOffset: Offset;
  readonly endOffset: Offset;
  readonly epoch: LeaderEpoch;
  readonly chain: number;
}

/** What one replica's log holds, kept beside it. */
export class LogShadow {
  entries: ShadowEntry[] = [];
  #start: ShadowEntry = { baseOffset: 0, endOffset: 0, epoch: 0, chain: 0 };

  get end(): ShadowEntry {
    return this.entries.at(-1) ?? this.#start;
  }

  get startOffset(): Offset {
    return this.#start.endOffset;
  }

  /** The log begins at `offset`, behind what has this sum. */
  begin(offset: Offset, epoch: LeaderEpoch, chain: number): void {
    this.#start = { baseOffset: offset, endOffset: offset, epoch, chain };
    this.entries = [];
  }

  /** @returns the entries of the batches in `bytes`. */
  append(bytes: Uint8Array): ShadowEntry[] {
    const added: ShadowEntry[] = [];
    const walk = new BatchWalk(bytes);
    while (walk.next()) {
      const batch = bytes.subarray(walk.at, walk.at + walk.sizeBytes);
      const entry = {
        baseOffset: batchBaseOffset(bytes, walk.at),
        endOffset: batchLastOffset(bytes, walk.at) + 1,
        epoch: batchPartitionLeaderEpoch(bytes, walk.at),
        chain: checksum.crc32c(batch, this.end.chain),
      };
      if (entry.endOffset <= this.end.endOffset) continue;
      this.entries.push(entry);
      added.push(entry);
    }
    return added;
  }

  /** @returns what is gone. */
  truncate(offset: Offset): ShadowEntry[] {
    const first = this.entries.findIndex((entry) => entry.endOffset > offset);
    return first < 0 ? [] : this.entries.splice(first);
  }

  /** The entry that ends at `offset`, if one does. */
  endingAt(offset: Offset): ShadowEntry | undefined {
    if (offset === this.#start.endOffset) return this.#start;
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.endOffset < offset) low = middle + 1;
      else high = middle;
    }
    const found = this.entries[low];
    return found?.endOffset === offset ? found : undefined;
  }

  /** Entries that end in (from, to]. */
  between(from: Offset, to: Offset): ShadowEntry[] {
    return this.entries.filter((entry) => entry.endOffset > from && entry.endOffset <= to);
  }
}
