import type { ShadowEntry } from '../cluster/log-shadow.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** Log matching: two logs that have a batch of one epoch at one offset are equal up to there. */
export class LogsMatch implements Checker {
  readonly #chains = new Map<string, number>([['0@0', 0]]);

  /** The sum of what ends there, as whoever wrote it had it. */
  chainAt(endOffset: number, epoch: number): number | undefined {
    return this.#chains.get(`${endOffset}@${epoch}`);
  }

  opened(node: Observed): void {
    this.appended(node, node.shadow.entries);
  }

  appended(node: Observed, entries: readonly ShadowEntry[]): void {
    for (const { endOffset, epoch, chain } of entries) {
      const name = `${endOffset}@${epoch}`;
      const before = this.#chains.get(name);
      if (before !== undefined && before !== chain) {
        throw new InvariantViolated('logs match', `${nameOf(node)} has another log up to ${name} than others had`);
      }
      this.#chains.set(name, chain);
    }
  }
}
