import { doorbellPosition } from './doorbell.ts';
import { doorbellState } from './layout.ts';

/**
 * How a thread goes to sleep without missing a descriptor. At the end of a turn:
 *
 *     sleeper.prepareToSleep();
 *     if (anyInboundRingHasSomething() || !sleeper.sleep()) { sleeper.stayAwake(); takeAnotherTurn(); }
 *
 * and at the start of a turn, whatever began it, `stayAwake()`. The order of the first two lines is the whole trick:
 * a producer publishes and then looks at the bell, we set the bell and then look at the rings, so one of us sees the
 * other. Nobody rings because room was made in a ring: who has something left to send does not sleep. Pending waits don't keep an event loop alive; whoever runs the loop does.
 */
export class Sleeper {
  private readonly words: Int32Array;
  private readonly position: number;
  private readonly rung: () => void;
  /** A wait is pending in the engine. It outlives turns begun by something else, so that waits don't pile up. */
  private waiting = false;

  /** `onRing` is called from the event loop when another thread rang, never inside `sleep`. */
  constructor(doorbells: SharedArrayBuffer, thread: number, onRing: () => void) {
    this.words = new Int32Array(doorbells);
    this.position = doorbellPosition(this.words, thread);
    this.rung = () => {
      this.waiting = false;
      onRing();
    };
  }

  /** From now on producers ring. Look at every inbound ring after this and before `sleep`. */
  prepareToSleep(): void {
    Atomics.store(this.words, this.position, doorbellState.asleep);
  }

  /** Producers need not ring: this thread will look at its rings before it sleeps. */
  stayAwake(): void {
    Atomics.store(this.words, this.position, doorbellState.awake);
  }

  /** True: `onRing` will be called. False: somebody rang since `prepareToSleep`; take another turn. */
  sleep(): boolean {
    // A wait that was woken and whose callback is still queued counts too: the callback comes after this turn.
    if (this.waiting) return true;
    const wait = Atomics.waitAsync(this.words, this.position, doorbellState.asleep);
    if (!wait.async) return false;
    this.waiting = true;
    wait.value.then(this.rung);
    return true;
  }
}
