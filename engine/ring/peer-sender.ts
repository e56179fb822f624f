import { assert } from '../base/assert.ts';
import { assertRingLimits } from '../base/limits.ts';
import { CreditWindow } from './credits.ts';
import { descriptorWord } from './layout.ts';
import { RingProducer, releaseEvery } from './ring.ts';

/**
 * The sending end of the ring to one peer, with its room divided so that no push of a completion can meet a full ring:
 * requests (ours, on credits), completions (of the peer's requests, on the peer's credits) and control. Both ends use
 * the same numbers. Descriptors are written into `words` at the answered position, then `publish`, then the peer's
 * doorbell.
 */
export class PeerSender {
  readonly words: Int32Array;
  readonly credits: CreditWindow;
  private readonly producer: RingProducer;
  private readonly controlSlots: number;
  /** Ring indexes of control descriptors that the peer has not given back, oldest first. */
  private readonly controlIndexes: Int32Array;
  private controlOldest = 0;
  private controlCount = 0;

  constructor(ring: SharedArrayBuffer, credits: number, controlSlots: number) {
    this.producer = new RingProducer(ring);
    const slots = this.producer.slots;
    assertRingLimits({ slots, credits, controlSlots, unreleasedSlots: releaseEvery(slots) });
    this.words = this.producer.words;
    this.credits = new CreditWindow(credits);
    this.controlSlots = controlSlots;
    this.controlIndexes = new Int32Array(controlSlots);
  }

  /** Position of a request whose `token` word is filled in, or -1: no credit. */
  reserveRequest(): number {
    const token = this.credits.acquire();
    if (token < 0) return -1;
    return this.reserveFitting(token);
  }

  /** Position of the completion of a request of the peer's, its `token` word filled in. It always fits. */
  reserveCompletion(token: number): number {
    return this.reserveFitting(token);
  }

  /** Position of a control descriptor, or -1: the control slots are all in the ring. Try again in a later turn. */
  reserveControl(): number {
    if (this.controlCount === this.controlSlots) {
      this.producer.refresh();
      this.forgetReturnedControl();
      if (this.controlCount === this.controlSlots) return -1;
    }
    this.controlIndexes[(this.controlOldest + this.controlCount) % this.controlSlots] = this.producer.nextIndex();
    this.controlCount++;
    return this.reserveFitting(0);
  }

  /** The completion of `token` was read: its credit may be used again. */
  release(token: number): void {
    this.credits.release(token);
  }

  /** Shows the peer what was reserved. True: ring its bell. */
  publish(): boolean {
    return this.producer.publish();
  }

  /** How full the ring is, from 0 to 1. */
  fill(): number {
    return 1 - this.producer.freeSlots() / this.producer.slots;
  }

  private reserveFitting(token: number): number {
    const position = this.producer.reserve();
    assert(position >= 0, 'ring: full in spite of its credits');
    this.words[position + descriptorWord.token] = token;
    return position;
  }

  private forgetReturnedControl(): void {
    const returned = this.producer.returnedIndex();
    while (this.controlCount > 0 && ((this.controlIndexes[this.controlOldest] - returned) | 0) < 0) {
      this.controlOldest = (this.controlOldest + 1) % this.controlSlots;
      this.controlCount--;
    }
  }
}
