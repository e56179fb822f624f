import type { NodeId, Offset } from '../../base/brands.ts';
import type { QuorumView } from '../../raft/raft.ts';
import type { Voter } from '../../raft/types.ts';
import type { QuorumDescription } from './metadata-log.ts';

/** A quorum as its leader, this node, tells of it: with times of the wall clock. */
export function describedQuorum(
  view: QuorumView,
  voters: readonly Voter[],
  local: { readonly nodeId: NodeId; readonly endOffset: Offset },
  nowMs: number,
  wallMs: number,
): QuorumDescription {
  const wall = (atMs: number): number => (atMs < 0 ? -1 : Math.round(wallMs - (nowMs - atMs)));
  const replica = (each: QuorumView['voters'][number], isLocal: boolean) => ({
    id: each.key.id,
    directoryId: each.key.directoryId,
    logEndOffset: isLocal ? local.endOffset : each.endOffset,
    lastFetchTimestampMs: isLocal ? wallMs : wall(each.lastFetchMs),
    lastCaughtUpTimestampMs: isLocal ? wallMs : wall(each.lastCaughtUpMs),
  });
  return {
    leaderId: view.leaderId,
    leaderEpoch: view.epoch,
    highWatermark: view.highWatermark,
    voters: view.voters.map((each) => replica(each, each.key.id === local.nodeId)),
    observers: view.observers.map((each) => replica(each, false)),
    nodes: voters.map(({ id, endpoints }) => ({ id, listeners: endpoints })),
  };
}
