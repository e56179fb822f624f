import type { Offset } from '../../../engine/base/brands.ts';
import type { RaftRequest, RaftResponse } from '../../../engine/raft/types.ts';
import type { ShadowEntry } from '../cluster/log-shadow.ts';
import { type Checker, InvariantViolated, nameOf, type Observed } from './checker.ts';

/** A fetch says that all below its offset is durable: it is there after any crash. */
export class AcknowledgedSurvives implements Checker {
  readonly #acknowledged = new Map<number, Offset>();

  sent(node: Observed, message: RaftRequest | RaftResponse): void {
    if (message.kind === 'fetch' && 'replica' in message) this.#acknowledged.set(node.nodeId, message.offset);
  }

  truncated(node: Observed, entries: readonly ShadowEntry[]): void {
    const first = entries[0];
    const before = this.#acknowledged.get(node.nodeId);
    if (first === undefined || before === undefined) return;
    this.#acknowledged.set(node.nodeId, Math.min(before, first.baseOffset));
  }

  opened(node: Observed): void {
    const acknowledged = this.#acknowledged.get(node.nodeId) ?? 0;
    const { endOffset } = node.shadow.end;
    if (endOffset >= acknowledged) return;
    const detail = `${nameOf(node)} starts with a log up to ${endOffset} and had acknowledged ${acknowledged}`;
    throw new InvariantViolated('what is acknowledged survives', detail);
  }
}
