import { assert } from '../base/assert.ts';
import type { Clock, Timer } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import { errorCode } from '../protocol/errors.ts';

/** A range of producer ids that the controller gave to this broker, for nobody else to use. */
export interface ProducerIdBlock {
  readonly errorCode: number;
  readonly firstId: bigint;
  readonly count: number;
}

/** Asks the controller for the next block (AllocateProducerIds). */
export type BlockSource = (answered: (block: ProducerIdBlock) => void) => void;

/** Code 0 comes with an id. */
export type IdTaken = (errorCode: number, producerId: bigint) => void;

/** A request for an id waits no longer for the controller than this: its client asks again. */
const waitMs = 5_000;
const prefetchAt = 0.9;

/**
 * Producer ids of one shard. Blocks are the controller's to hand out (KIP-730), and none is given twice; what is left of
 * one when the process ends is lost. The next is asked for when nine tenths of the present one are used.
 */
export class ProducerIds {
  private readonly source: BlockSource;
  private readonly clock: Clock;
  private nextId = 0n;
  private left = 0;
  private reserve: ProducerIdBlock | undefined;
  private prefetchBelow = 0;
  private isAsking = false;
  private waiting: IdTaken[] = [];
  private timer: Timer | undefined;

  constructor(source: BlockSource, clock: Clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Answers at once while there are ids. COORDINATOR_LOAD_IN_PROGRESS: there are none now, ask again. */
  take(taken: IdTaken): void {
    if (this.left === 0) this.useReserve();
    if (this.left > 0) {
      const id = this.nextId;
      this.nextId += 1n;
      this.left -= 1;
      if (this.left <= this.prefetchBelow) this.ask();
      taken(0, id);
      return;
    }
    if (this.waiting.length >= limits.waitingForProducerIds) {
      taken(errorCode.COORDINATOR_LOAD_IN_PROGRESS, -1n);
      return;
    }
    this.waiting.push(taken);
    this.timer ??= this.clock.schedule(waitMs, () => this.failWaiting());
    this.ask();
  }

  private ask(): void {
    if (this.isAsking || this.reserve !== undefined) return;
    this.isAsking = true;
    this.source((block) => this.received(block));
  }

  private received(block: ProducerIdBlock): void {
    this.isAsking = false;
    if (block.errorCode !== 0) {
      this.failWaiting();
      return;
    }
    assert(block.count > 0 && block.firstId >= 0n, 'producer ids: an empty block');
    this.reserve = block;
    const waiting = this.waiting;
    this.stopWaiting();
    // A block may be smaller than the queue: those left over wait for the next.
    for (const taken of waiting) this.take(taken);
  }

  private useReserve(): void {
    if (this.reserve === undefined) return;
    const { firstId, count } = this.reserve;
    this.reserve = undefined;
    this.nextId = firstId;
    this.left = count;
    this.prefetchBelow = count - Math.ceil(count * prefetchAt);
  }

  private failWaiting(): void {
    const waiting = this.waiting;
    this.stopWaiting();
    for (const taken of waiting) taken(errorCode.COORDINATOR_LOAD_IN_PROGRESS, -1n);
  }

  private stopWaiting(): void {
    this.waiting = [];
    this.timer?.cancel();
    this.timer = undefined;
  }
}
