import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';

/** What partitions have in common: few values for many partitions, so each is kept once. Immutable. */
export interface PartitionShape {
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
  readonly elr: readonly NodeId[];
  readonly lastKnownElr: readonly NodeId[];
  /** One a replica, in their order. */
  readonly directories: readonly DirectoryId[];
  /** 0 recovered, 1 recovering (after an unclean election). */
  readonly leaderRecoveryState: number;
}

export interface PartitionState extends PartitionShape {
  /** -1 for none. */
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: number;
}

export const noLeader: NodeId = -1;

/** Keeps one object a distinct shape. A cluster of n brokers with RF r has about n^r of them, whatever its partitions. */
export class ShapePool {
  readonly #shapes = new Map<string, PartitionShape>();
  #last: PartitionShape | null = null;

  intern(state: PartitionShape): PartitionShape {
    const last = this.#last;
    if (last !== null && sameShape(last, state)) return last;
    const key = shapeKey(state);
    let shape = this.#shapes.get(key);
    if (shape === undefined) {
      shape = {
        replicas: [...state.replicas],
        isr: [...state.isr],
        removingReplicas: [...state.removingReplicas],
        addingReplicas: [...state.addingReplicas],
        elr: [...state.elr],
        lastKnownElr: [...state.lastKnownElr],
        directories: [...state.directories],
        leaderRecoveryState: state.leaderRecoveryState,
      };
      this.#shapes.set(key, shape);
    }
    this.#last = shape;
    return shape;
  }

  get size(): number {
    return this.#shapes.size;
  }
}

function shapeKey(state: PartitionShape): string {
  return [
    state.replicas.join(','),
    state.isr.join(','),
    state.removingReplicas.join(','),
    state.addingReplicas.join(','),
    state.elr.join(','),
    state.lastKnownElr.join(','),
    state.directories.join(','),
    state.leaderRecoveryState,
  ].join(';');
}

function sameShape(a: PartitionShape, b: PartitionShape): boolean {
  return (
    a === b ||
    (sameList(a.replicas, b.replicas) &&
      sameList(a.isr, b.isr) &&
      sameList(a.removingReplicas, b.removingReplicas) &&
      sameList(a.addingReplicas, b.addingReplicas) &&
      sameList(a.elr, b.elr) &&
      sameList(a.lastKnownElr, b.lastKnownElr) &&
      sameList(a.directories, b.directories) &&
      a.leaderRecoveryState === b.leaderRecoveryState)
  );
}

export function samePartition(a: PartitionState, b: PartitionState): boolean {
  return (
    a.leader === b.leader && a.leaderEpoch === b.leaderEpoch && a.partitionEpoch === b.partitionEpoch && sameShape(a, b)
  );
}

export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
