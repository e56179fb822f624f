import type { NodeId } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { BrokerState } from '../metadata/image/states.ts';

/** False: a connection to the broker was refused, so no process has its port. Whatever else comes of it is true. */
export type IsListening = (broker: BrokerState, answered: (isListening: boolean) => void) => void;

export interface SuspectsOptions {
  readonly clock: Clock;
  readonly isListening: IsListening;
  /** Whether the broker is still to be asked after: registered as it was, unfenced, and not heard of since. */
  isSilent(broker: BrokerState, sinceMs: number): boolean;
  /** The broker's process is not there any longer. */
  gone(broker: BrokerState): void;
}

/** When to ask, in milliseconds after the one before: the kernel closes the sockets of a process that died one by one. */
const pausesMs: readonly number[] = [0, 50, 100, 250, 500];
/** So many refusals in a row, that a listener which is just being opened anew is not taken for none. */
const refusalsNeeded = 2;

/**
 * Brokers that may have died: their connection is gone, or the controller has just become active and has not heard of
 * them. A process that is there listens; one that does not need not be waited for until its session is over.
 */
export class Suspects {
  readonly #options: SuspectsOptions;
  readonly #timers = new Map<NodeId, Timer>();

  constructor(options: SuspectsOptions) {
    this.#options = options;
  }

  suspect(broker: BrokerState): void {
    if (!this.#timers.has(broker.id)) this.#askAgain(broker, this.#options.clock.monotonicMs(), 0, 0);
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #askAgain(broker: BrokerState, sinceMs: number, asked: number, refusals: number): void {
    const { clock, isListening, isSilent, gone } = this.#options;
    if (asked === pausesMs.length) {
      this.#timers.delete(broker.id);
      return;
    }
    const timer = clock.schedule(pausesMs[asked], () => {
      if (!isSilent(broker, sinceMs)) {
        this.#timers.delete(broker.id);
        return;
      }
      isListening(broker, (isThere) => {
        // Closed, or suspected anew, while the answer was on its way.
        if (this.#timers.get(broker.id) !== timer) return;
        const refused = isThere ? 0 : refusals + 1;
        if (refused < refusalsNeeded) {
          this.#askAgain(broker, sinceMs, asked + 1, refused);
          return;
        }
        this.#timers.delete(broker.id);
        if (isSilent(broker, sinceMs)) gone(broker);
      });
    });
    this.#timers.set(broker.id, timer);
  }
}
