import type { LeaderEpoch } from '../../../engine/base/brands.ts';
import type { RaftRequest, RaftResponse } from '../../../engine/raft/types.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** A node's epoch never goes back while it lives, nor behind what it told others in an earlier life. */
export class EpochsRise implements Checker {
  readonly #now = new Map<string, LeaderEpoch>();
  readonly #told = new Map<number, LeaderEpoch>();

  opened(node: Observed, epoch: LeaderEpoch): void {
    const told = this.#told.get(node.nodeId) ?? 0;
    if (epoch < told) {
      throw new InvariantViolated('epochs rise', `${nameOf(node)} starts in epoch ${epoch} and had told of ${told}`);
    }
  }

  epoch(node: Observed, epoch: LeaderEpoch): void {
    const name = nameOf(node);
    const before = this.#now.get(name) ?? 0;
    if (epoch < before) throw new InvariantViolated('epochs rise', `${name} goes from ${before} to ${epoch}`);
    this.#now.set(name, epoch);
  }

  sent(node: Observed, message: RaftRequest | RaftResponse): void {
    if (!('epoch' in message)) return;
    this.#told.set(node.nodeId, Math.max(message.epoch, this.#told.get(node.nodeId) ?? 0));
  }
}
