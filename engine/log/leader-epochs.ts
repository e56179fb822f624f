import { type EpochStart, formatEpochs, parseEpochs } from './epoch-checkpoint.ts';

export interface EpochEndOffset {
  /** The largest known epoch at or below the one asked for, or -1. */
  readonly epoch: number;
  /** First offset after that epoch's records, or -1. */
  readonly endOffset: number;
}

const undefinedEpochEnd: EpochEndOffset = { epoch: -1, endOffset: -1 };

/** Which leader epoch wrote from which offset on: the cache behind `leader-epoch-checkpoint` (KIP-101, KIP-279). */
export class LeaderEpochs {
  #entries: EpochStart[] = [];
  /** Something changed since the file was last written. */
  isDirty = false;

  /** The newest epoch, or -1 while there is none. */
  get latestEpoch(): number {
    const count = this.#entries.length;
    return count === 0 ? -1 : this.#entries[count - 1].epoch;
  }

  get earliestEpoch(): number {
    return this.#entries.length === 0 ? -1 : this.#entries[0].epoch;
  }

  entries(): readonly EpochStart[] {
    return this.#entries;
  }

  /** Notes that `epoch` begins at `startOffset`; entries that contradict it are dropped. Negative epochs are ignored. */
  assign(epoch: number, startOffset: number): void {
    if (epoch < 0 || epoch === this.latestEpoch) return;
    let keep = this.#entries.length;
    while (keep > 0 && (this.#entries[keep - 1].epoch >= epoch || this.#entries[keep - 1].startOffset >= startOffset)) {
      keep--;
    }
    this.#entries.length = keep;
    this.#entries.push({ epoch, startOffset });
    this.isDirty = true;
  }

  /** End of the largest epoch at or below `epoch`, as OffsetForLeaderEpoch answers it. */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEndOffset {
    if (epoch < 0 || this.#entries.length === 0) return undefinedEpochEnd;
    if (epoch === this.latestEpoch) return { epoch, endOffset: logEndOffset };
    const above = this.#entries.findIndex((entry) => entry.epoch > epoch);
    if (above < 0) return undefinedEpochEnd;
    const endOffset = this.#entries[above].startOffset;
    return { epoch: above === 0 ? epoch : this.#entries[above - 1].epoch, endOffset };
  }

  /** Epoch of the record at `offset`, or -1 where that is not known. */
  epochForOffset(offset: number): number {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      if (this.#entries[i].startOffset <= offset) return this.#entries[i].epoch;
    }
    return -1;
  }

  /** Drops the epochs that begin at or after `endOffset`. */
  truncateFromEnd(endOffset: number): void {
    let keep = this.#entries.length;
    while (keep > 0 && this.#entries[keep - 1].startOffset >= endOffset) keep--;
    if (keep === this.#entries.length) return;
    this.#entries.length = keep;
    this.isDirty = true;
  }

  /** Drops the epochs that ended before `startOffset`; the one that holds it begins there from now on. */
  truncateFromStart(startOffset: number): void {
    let first = this.#entries.length;
    for (let i = 0; i < this.#entries.length; i++) {
      if (this.#entries[i].startOffset > startOffset) {
        first = i;
        break;
      }
    }
    if (first === 0) return;
    const holder = this.#entries[first - 1];
    if (first === 1 && holder.startOffset === startOffset) return;
    this.#entries = [{ epoch: holder.epoch, startOffset }, ...this.#entries.slice(first)];
    this.isDirty = true;
  }

  clear(): void {
    if (this.#entries.length === 0) return;
    this.#entries = [];
    this.isDirty = true;
  }

  toFile(): Uint8Array {
    return formatEpochs(this.#entries);
  }

  /** Null when the bytes are no such file, or its epochs are not in order. */
  static fromFile(bytes: Uint8Array): LeaderEpochs | null {
    const entries = parseEpochs(bytes);
    if (entries === null) return null;
    for (let i = 1; i < entries.length; i++) {
      if (entries[i].epoch <= entries[i - 1].epoch || entries[i].startOffset < entries[i - 1].startOffset) return null;
    }
    const epochs = new LeaderEpochs();
    epochs.#entries = entries;
    return epochs;
  }
}
