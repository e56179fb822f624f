import { assert } from '../../base/assert.ts';
import type { PartitionShape, PartitionState, ShapePool } from './partition-state.ts';

/** The committed partitions of one topic: three words and a reference each. */
export class PartitionBlock {
  readonly #pool: ShapePool;
  /** The snapshot generation in which it may be changed in place. */
  readonly generation: number;
  /** leader, leaderEpoch, partitionEpoch. */
  #words: Int32Array;
  #shapes: PartitionShape[];
  #count: number;

  constructor(pool: ShapePool, generation: number, from?: PartitionBlock) {
    this.#pool = pool;
    this.generation = generation;
    this.#words = from === undefined ? new Int32Array(3) : from.#words.slice();
    this.#shapes = from === undefined ? [] : from.#shapes.slice();
    this.#count = from === undefined ? 0 : from.#count;
  }

  get count(): number {
    return this.#count;
  }

  get(index: number): PartitionState | undefined {
    if (index < 0 || index >= this.#count) return undefined;
    const shape = this.#shapes[index];
    return {
      replicas: shape.replicas,
      isr: shape.isr,
      removingReplicas: shape.removingReplicas,
      addingReplicas: shape.addingReplicas,
      elr: shape.elr,
      lastKnownElr: shape.lastKnownElr,
      directories: shape.directories,
      leaderRecoveryState: shape.leaderRecoveryState,
      leader: this.#words[index * 3],
      leaderEpoch: this.#words[index * 3 + 1],
      partitionEpoch: this.#words[index * 3 + 2],
    };
  }

  /** The shape alone, without making an object. */
  shape(index: number): PartitionShape {
    return this.#shapes[index];
  }

  leader(index: number): number {
    return this.#words[index * 3];
  }

  leaderEpoch(index: number): number {
    return this.#words[index * 3 + 1];
  }

  partitionEpoch(index: number): number {
    return this.#words[index * 3 + 2];
  }

  set(index: number, state: PartitionState): void {
    assert(index >= 0 && index <= this.#count, 'metadata image: partitions of a topic must come without gaps');
    if (index === this.#count) this.#grow();
    this.#words[index * 3] = state.leader;
    this.#words[index * 3 + 1] = state.leaderEpoch;
    this.#words[index * 3 + 2] = state.partitionEpoch;
    this.#shapes[index] = this.#pool.intern(state);
  }

  #grow(): void {
    this.#count++;
    if (this.#count * 3 <= this.#words.length) return;
    const words = new Int32Array(Math.ceil(this.#count * 1.5) * 3);
    words.set(this.#words);
    this.#words = words;
  }
}
