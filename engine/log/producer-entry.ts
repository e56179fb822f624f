/** Batches of one producer that are remembered for the detection of duplicates. */
const cachedBatchesPerProducer = 5;
const fieldsPerBatch = 4;

export const noSequence = -1;
export const noEpoch = -1;
export const noOffset = -1;

/** What a log knows of one producer id. */
export class ProducerEntry {
  epoch = noEpoch;
  coordinatorEpoch = -1;
  lastTimestampMs = -1;
  /** First offset of the open transaction, or -1. */
  currentTxnFirstOffset = noOffset;
  /** Oldest first: (last sequence, last offset, offset delta, timestamp) for each remembered batch. */
  readonly #batches = new Float64Array(cachedBatchesPerProducer * fieldsPerBatch);
  #count = 0;

  get batchCount(): number {
    return this.#count;
  }

  /** Sequence of the last record of the newest batch, or -1. */
  get lastSequence(): number {
    return this.#count === 0 ? noSequence : this.#batches[(this.#count - 1) * fieldsPerBatch];
  }

  get lastOffset(): number {
    return this.#count === 0 ? noOffset : this.#batches[(this.#count - 1) * fieldsPerBatch + 1];
  }

  get lastOffsetDelta(): number {
    return this.#count === 0 ? 0 : this.#batches[(this.#count - 1) * fieldsPerBatch + 2];
  }

  /** Offset of the oldest record that is remembered, or -1. */
  get firstOffset(): number {
    return this.#count === 0 ? noOffset : this.#batches[1] - this.#batches[2];
  }

  get firstSequence(): number {
    return this.#count === 0 ? noSequence : sequenceBefore(this.#batches[0], this.#batches[2]);
  }

  lastOffsetOf(index: number): number {
    return this.#batches[index * fieldsPerBatch + 1];
  }

  offsetDeltaOf(index: number): number {
    return this.#batches[index * fieldsPerBatch + 2];
  }

  timestampOf(index: number): number {
    return this.#batches[index * fieldsPerBatch + 3];
  }

  addBatch(epoch: number, lastSequence: number, lastOffset: number, offsetDelta: number, timestampMs: number): void {
    this.setEpoch(epoch);
    const batches = this.#batches;
    if (this.#count === cachedBatchesPerProducer) {
      batches.copyWithin(0, fieldsPerBatch);
      this.#count--;
    }
    const at = this.#count++ * fieldsPerBatch;
    batches[at] = lastSequence;
    batches[at + 1] = lastOffset;
    batches[at + 2] = offsetDelta;
    batches[at + 3] = timestampMs;
    this.lastTimestampMs = timestampMs;
  }

  /** A new epoch forgets the batches of the old one. */
  setEpoch(epoch: number): void {
    if (this.epoch === epoch) return;
    this.epoch = epoch;
    this.#count = 0;
  }

  /** Index of the remembered batch with these sequences, or -1. */
  findDuplicate(epoch: number, firstSequence: number, lastSequence: number): number {
    if (epoch !== this.epoch) return -1;
    for (let i = 0; i < this.#count; i++) {
      const at = i * fieldsPerBatch;
      if (this.#batches[at] !== lastSequence) continue;
      if (sequenceBefore(lastSequence, this.#batches[at + 2]) === firstSequence) return i;
    }
    return -1;
  }
}

const sequenceModulus = 0x80000000;

/** Sequences run from 0 to 2^31 - 1 and begin again at 0. */
export function sequenceAfter(sequence: number, count: number): number {
  return (sequence + count) % sequenceModulus;
}

function sequenceBefore(sequence: number, count: number): number {
  return sequence >= count ? sequence - count : sequence - count + sequenceModulus;
}
