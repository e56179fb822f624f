import { assert } from '../base/assert.ts';
import { descriptorWords, ringBytes, ringWord } from './layout.ts';

/**
 * A single-producer single-consumer ring of descriptors. Indexes are int32 and wrap; an index's difference to another
 * is always taken modulo 2^32. Descriptor words are plain: the store of `tail` publishes them, the store of `head`
 * gives them back.
 */
export function createRing(slots: number, firstIndex = 0): SharedArrayBuffer {
  assert(slots >= 2 && slots <= 1 << 20 && (slots & (slots - 1)) === 0, 'ring slots must be a power of two');
  const buffer = new SharedArrayBuffer(ringBytes(slots));
  const words = new Int32Array(buffer);
  words[ringWord.slots] = slots;
  words[ringWord.tail] = firstIndex | 0;
  words[ringWord.head] = firstIndex | 0;
  return buffer;
}

/** Descriptors that a consumer has read and not yet given back are at most this many, less one. */
export function releaseEvery(slots: number): number {
  return Math.max(1, slots >> 3);
}

export class RingProducer {
  readonly words: Int32Array;
  readonly slots: number;
  private readonly mask: number;
  private tail: number;
  private publishedTail: number;
  private seenHead: number;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
    this.slots = this.words[ringWord.slots];
    this.mask = this.slots - 1;
    this.tail = this.words[ringWord.tail];
    this.publishedTail = this.tail;
    this.seenHead = this.words[ringWord.head];
  }

  /**
   * Word position of the next descriptor, or -1: full. It never waits. The words hold what an earlier descriptor left;
   * nothing is seen by the consumer before `publish`.
   */
  reserve(): number {
    if (((this.tail - this.seenHead) | 0) >= this.slots) {
      this.refresh();
      if (((this.tail - this.seenHead) | 0) >= this.slots) return -1;
    }
    const position = ringWord.descriptors + (this.tail & this.mask) * descriptorWords;
    this.tail = (this.tail + 1) | 0;
    return position;
  }

  /** Shows the consumer everything reserved so far. False if there was nothing new. */
  publish(): boolean {
    if (this.tail === this.publishedTail) return false;
    Atomics.store(this.words, ringWord.tail, this.tail);
    this.publishedTail = this.tail;
    return true;
  }

  /** Descriptors that could be reserved now. */
  freeSlots(): number {
    this.refresh();
    return this.slots - ((this.tail - this.seenHead) | 0);
  }

  /** Index (int32) that the next reserved descriptor gets. */
  nextIndex(): number {
    return this.tail;
  }

  /** Index (int32) below which the consumer has given everything back, as last seen. */
  returnedIndex(): number {
    return this.seenHead;
  }

  /** Looks again at what the consumer has given back. */
  refresh(): void {
    const head = Atomics.load(this.words, ringWord.head);
    const used = (this.tail - head) | 0;
    assert(used >= 0 && used <= this.slots, 'ring: head ran past tail');
    this.seenHead = head;
  }
}

export class RingConsumer {
  readonly words: Int32Array;
  readonly slots: number;
  private readonly mask: number;
  private readonly releaseEvery: number;
  private head: number;
  private releasedHead: number;
  private seenTail: number;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
    this.slots = this.words[ringWord.slots];
    this.mask = this.slots - 1;
    this.releaseEvery = releaseEvery(this.slots);
    this.head = this.words[ringWord.head];
    this.releasedHead = this.head;
    this.seenTail = this.head;
  }

  /** Word position of the oldest descriptor, or -1: empty. Its words hold until `advance`. */
  peek(): number {
    if (this.head === this.seenTail) {
      this.release();
      const tail = Atomics.load(this.words, ringWord.tail);
      const used = (tail - this.head) | 0;
      assert(used >= 0 && used <= this.slots, 'ring: tail ran past its slots');
      if (used === 0) return -1;
      this.seenTail = tail;
    }
    return ringWord.descriptors + (this.head & this.mask) * descriptorWords;
  }

  /** Done with the descriptor that `peek` showed. Slots go back to the producer in batches, or by `release`. */
  advance(): void {
    assert(this.head !== this.seenTail, 'ring: advance without peek');
    this.head = (this.head + 1) | 0;
    if (((this.head - this.releasedHead) | 0) >= this.releaseEvery) this.release();
  }

  /** Gives the producer every slot that was read. A drained ring has done so by itself. */
  release(): void {
    if (this.head === this.releasedHead) return;
    Atomics.store(this.words, ringWord.head, this.head);
    this.releasedHead = this.head;
  }
}
