import type { LeaderEpoch, Offset } from '../../../engine/base/brands.ts';
import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import type { RaftRequest, RaftResponse } from '../../../engine/raft/types.ts';
import type { LogShadow, ShadowEntry } from '../cluster/log-shadow.ts';

/** One life of one node, as checkers see it. */
export interface Observed {
  readonly nodeId: number;
  /** Counts the node's lives. */
  readonly life: number;
  readonly shadow: LogShadow;
}

/** An invariant. Each looks at what it needs of what is seen, and throws InvariantViolated. */
export interface Checker {
  /** The metadata log is open again after a restart, and Raft is about to begin in `epoch`. */
  opened?(node: Observed, epoch: LeaderEpoch): void;
  /** The node is in `epoch` now. */
  epoch?(node: Observed, epoch: LeaderEpoch): void;
  /** The node leads `epoch`, whether or not it may write yet. */
  leads?(node: Observed, epoch: LeaderEpoch): void;
  /** A message leaves the node: others may rest on it. */
  sent?(node: Observed, message: RaftRequest | RaftResponse): void;
  /** The same for an answer, with what was asked. */
  answered?(node: Observed, request: RaftRequest, response: RaftResponse): void;
  appended?(node: Observed, entries: readonly ShadowEntry[]): void;
  /** These are gone from the log's end. */
  truncated?(node: Observed, entries: readonly ShadowEntry[]): void;
  /** The node's high watermark moves, in `epoch`; -1 is where it begins. */
  highWatermark?(node: Observed, from: Offset, to: Offset, epoch: LeaderEpoch): void;
  /** The node's committed image moved. */
  image?(node: Observed, image: MetadataImage): void;
  /** Every node has caught up and the run is over. */
  finished?(images: readonly MetadataImage[]): void;
}

export class InvariantViolated extends Error {
  override readonly name = 'InvariantViolated';

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
  }
}

export function nameOf({ nodeId, life }: Observed): string {
  return `node ${nodeId} (life ${life})`;
}
