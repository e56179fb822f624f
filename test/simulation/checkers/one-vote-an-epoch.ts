import type { RaftRequest, RaftResponse } from '../../../engine/raft/types.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** A node gives one vote an epoch, whatever it forgot in between. */
export class OneVoteAnEpoch implements Checker {
  readonly #votes = new Map<string, number>();

  answered(node: Observed, request: RaftRequest, response: RaftResponse): void {
    if (request.kind !== 'vote' || response.kind !== 'vote' || request.preVote || !response.granted) return;
    this.#vote(node, request.epoch, request.candidate.id);
  }

  sent(node: Observed, message: RaftRequest | RaftResponse): void {
    // Who stands has voted for itself.
    if (message.kind === 'vote' && 'candidate' in message && !message.preVote) {
      this.#vote(node, message.epoch, node.nodeId);
    }
  }

  #vote(node: Observed, epoch: number, candidate: number): void {
    const name = `${node.nodeId}@${epoch}`;
    const before = this.#votes.get(name);
    if (before !== undefined && before !== candidate) {
      const detail = `${nameOf(node)} votes for ${candidate} in epoch ${epoch}, in which it voted for ${before}`;
      throw new InvariantViolated('one vote an epoch', detail);
    }
    this.#votes.set(name, candidate);
  }
}
