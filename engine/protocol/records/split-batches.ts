import { batchHeaderBytes, batchLayout } from '../batch-layout.ts';
import { batchMagic, batchSizeBytes, magicV2 } from './batch-view.ts';

/** Why a walk over batches stopped. `partial`: the last batch's bytes are not all there, as at the end of a fetch. */
export type BatchWalkEnd = 'end' | 'partial' | 'corrupt';

/**
 * Walks the batches of a buffer without allocating: `next()` moves to a batch whose claimed size lies within the bytes
 * and whose magic is 2; checksums are not looked at.
 *
 *     const walk = new BatchWalk(bytes);
 *     while (walk.next()) use(bytes, walk.at, walk.sizeBytes);
 *     if (walk.stopped === 'corrupt') …
 */
export class BatchWalk {
  /** Position of the current batch. */
  at: number;
  /** Size of the current batch. */
  sizeBytes = 0;
  /** Why `next` answered false; null until then. */
  stopped: BatchWalkEnd | null = null;
  readonly bytes: Uint8Array;
  readonly end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  next(): boolean {
    if (this.stopped !== null) return false;
    const at = this.at + this.sizeBytes;
    this.at = at;
    this.sizeBytes = 0;
    const left = this.end - at;
    if (left === 0) return this.#stop('end');
    if (left <= batchLayout.magic) return this.#stop('partial');
    const size = batchSizeBytes(this.bytes, at);
    if (size < batchHeaderBytes || batchMagic(this.bytes, at) !== magicV2) return this.#stop('corrupt');
    if (size > left) return this.#stop('partial');
    this.sizeBytes = size;
    return true;
  }

  #stop(why: BatchWalkEnd): false {
    this.stopped = why;
    return false;
  }
}

/** The batches of a buffer as views of it, up to the first that is partial or corrupt. For tools, tests and small reads. */
export function splitBatches(bytes: Uint8Array): Uint8Array[] {
  const batches: Uint8Array[] = [];
  const walk = new BatchWalk(bytes);
  while (walk.next()) batches.push(bytes.subarray(walk.at, walk.at + walk.sizeBytes));
  return batches;
}
