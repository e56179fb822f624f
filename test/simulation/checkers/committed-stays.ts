import type { LeaderEpoch, Offset } from '../../../engine/base/brands.ts';
import type { ShadowEntry } from '../cluster/log-shadow.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

const invariant = 'what is committed stays';

/** One history: no two nodes commit different batches at an offset, none is cut off, and whoever leads has them all. */
export class CommittedStays implements Checker {
  readonly #history = new Map<Offset, number>([[0, 0]]);
  /** In the order in which they were first seen to be committed, with the epoch in which that was. */
  readonly #committed: { readonly endOffset: Offset; readonly chain: number; readonly inEpoch: LeaderEpoch }[] = [];
  end: Offset = 0;

  highWatermark(node: Observed, from: Offset, to: Offset, inEpoch: LeaderEpoch): void {
    for (const { endOffset, chain, epoch } of node.shadow.between(from, to)) {
      const known = this.#history.get(endOffset);
      if (known === undefined && endOffset > this.end) {
        this.#history.set(endOffset, chain);
        this.#committed.push({ endOffset, chain, inEpoch });
        this.end = endOffset;
      } else if (known !== chain) {
        const detail = `${nameOf(node)} commits up to ${endOffset}@${epoch} another history than others did`;
        throw new InvariantViolated(invariant, detail);
      }
    }
  }

  truncated(node: Observed, entries: readonly ShadowEntry[]): void {
    for (const { endOffset, epoch, chain } of entries) {
      if (this.#history.get(endOffset) !== chain) continue;
      throw new InvariantViolated(invariant, `${nameOf(node)} cuts off ${endOffset}@${epoch}, which is committed`);
    }
  }

  /** A leader has all that was committed in epochs before its own. One that comes too late may lack what followed. */
  leads(node: Observed, epoch: LeaderEpoch): void {
    const last = this.#committed.findLast(({ inEpoch }) => inEpoch < epoch);
    if (last === undefined || node.shadow.endingAt(last.endOffset)?.chain === last.chain) return;
    const { endOffset } = node.shadow.end;
    const detail = `${nameOf(node)} leads epoch ${epoch} with a log up to ${endOffset}, without all up to ${last.endOffset}`;
    throw new InvariantViolated(invariant, detail);
  }
}
