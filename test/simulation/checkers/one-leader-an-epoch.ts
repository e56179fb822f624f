import type { LeaderEpoch } from '../../../engine/base/brands.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** Nobody leads an epoch that another led, nor one that it led in an earlier life. */
export class OneLeaderAnEpoch implements Checker {
  readonly #leaders = new Map<LeaderEpoch, string>();

  get elections(): number {
    return this.#leaders.size;
  }

  leads(node: Observed, epoch: LeaderEpoch): void {
    const name = nameOf(node);
    const before = this.#leaders.get(epoch);
    if (before !== undefined && before !== name) {
      throw new InvariantViolated('one leader an epoch', `${name} leads epoch ${epoch}, which ${before} led`);
    }
    this.#leaders.set(epoch, name);
  }
}
