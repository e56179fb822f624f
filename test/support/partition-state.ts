import type { PartitionState } from '#engine/metadata/columns/partition-writer.ts';

/** Of a partition whose only replica, in sync and leading, is on node 1, but for what is said otherwise. */
export function partitionState(otherwise: Partial<PartitionState> = {}): PartitionState {
  return {
    leader: 1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    leaderRecoveryState: 0,
    replicas: [1],
    isr: [1],
    elr: [],
    lastKnownElr: [],
    removingReplicas: [],
    addingReplicas: [],
    directories: [],
    ...otherwise,
  };
}

/** Of the first log directory of a node that a test made up. */
export const firstDirectory = 'AAAAAAAAAAAAAAAAAAAAAg';
