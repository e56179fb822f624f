import { assert } from '../base/assert.ts';
import { chunkReturnWord, descriptorKind, descriptorWord, refsPerReturn } from './layout.ts';
import type { PeerSender } from './peer-sender.ts';

/**
 * Counts on one peer's chunks that this thread is done with, on their way back. They ride in control descriptors, many
 * to one; what does not fit now goes in a later turn. A ref may be added as often as it was held. The peer does not ring
 * when it makes room, and may be waiting for these very chunks: a thread with counts pending takes another turn soon
 * instead of sleeping.
 */
export class ChunkReturns {
  private readonly refs: Int32Array;
  private count = 0;

  /** `limit`: the most counts that this thread can hold of the peer's chunks. */
  constructor(limit: number) {
    this.refs = new Int32Array(limit);
  }

  get pending(): number {
    return this.count;
  }

  add(ref: number): void {
    assert(this.count < this.refs.length, 'chunk returns: more counts than can be held');
    this.refs[this.count++] = ref;
  }

  /** Reserves descriptors for as much as fits, latest first; the caller publishes. False: some are left. */
  flush(sender: PeerSender): boolean {
    while (this.count > 0) {
      const position = sender.reserveControl();
      if (position < 0) return false;
      const n = Math.min(this.count, refsPerReturn);
      sender.words[position + descriptorWord.kind] = descriptorKind.chunkReturn;
      sender.words[position + chunkReturnWord.count] = n;
      for (let i = 0; i < n; i++) sender.words[position + chunkReturnWord.refs + i] = this.refs[--this.count];
    }
    return true;
  }

  /** The peer died: its chunks are gone with its arena. */
  clear(): void {
    this.count = 0;
  }
}

/** What releases counts: the owner's arena. */
export interface CountOwner {
  release(ref: number, holder: number): void;
}

/** The owner's side: gives the counts of a chunk return descriptor at `position` back to `owner`. */
export function applyChunkReturn(words: Int32Array, position: number, owner: CountOwner, holder: number): void {
  const n = words[position + chunkReturnWord.count];
  assert(n >= 0 && n <= refsPerReturn, 'chunk return: count out of range');
  for (let i = 0; i < n; i++) owner.release(words[position + chunkReturnWord.refs + i], holder);
}
