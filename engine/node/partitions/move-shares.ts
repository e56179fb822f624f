import type { ThreadIndex } from '../../base/brands.ts';

/**
 * Which shards are moving logs between directories, a shared word each: they share alike what the node may move in a
 * second.
 */
export class MoveShares {
  private readonly words: Int32Array;
  private readonly shard: ThreadIndex;

  constructor(buffer: SharedArrayBuffer, shard: ThreadIndex) {
    this.words = new Int32Array(buffer);
    this.shard = shard;
  }

  static allocate(shards: number): SharedArrayBuffer {
    return new SharedArrayBuffer(shards * 4);
  }

  /** The shard died, and its moves rest until its successor takes them up. */
  static forget(buffer: SharedArrayBuffer, shard: ThreadIndex): void {
    Atomics.store(new Int32Array(buffer), shard, 0);
  }

  setMoving(isMoving: boolean): void {
    Atomics.store(this.words, this.shard, isMoving ? 1 : 0);
  }

  /** This shard's part of what the node may use. */
  of(total: number): number {
    let moving = 0;
    for (let shard = 0; shard < this.words.length; shard++) {
      if (shard === this.shard || Atomics.load(this.words, shard) !== 0) moving += 1;
    }
    return total / moving;
  }
}
