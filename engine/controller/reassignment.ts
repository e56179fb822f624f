import type { NodeId } from '../base/brands.ts';
import type { PartitionState } from '../metadata/image/partition-state.ts';

/** What a reassignment makes of a partition: the old replicas that go stand at the end until the new ones are in sync. */
export interface Reassignment {
  readonly replicas: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
}

export function isReassigning({ removingReplicas, addingReplicas }: Omit<Reassignment, 'replicas'>): boolean {
  return removingReplicas.length > 0 || addingReplicas.length > 0;
}

export function planReassignment(current: readonly NodeId[], target: readonly NodeId[]): Reassignment {
  const removingReplicas = difference(current, target);
  return {
    replicas: [...target, ...removingReplicas],
    removingReplicas,
    addingReplicas: difference(target, current),
  };
}

/** Replicas and ISR when all that stay are in sync; null where there is nothing to complete, or not yet. */
export function completedReassignment(
  partition: Reassignment & { readonly isr: readonly NodeId[] },
): { readonly replicas: readonly NodeId[]; readonly isr: readonly NodeId[] } | null {
  if (!isReassigning(partition)) return null;
  const stays = (id: NodeId): boolean => !partition.removingReplicas.includes(id);
  const isr = partition.isr.filter(stays);
  const replicas = partition.replicas.filter(stays);
  const isComplete = isr.length > 0 && replicas.length > 0 && replicas.every((id) => isr.includes(id));
  return isComplete ? { replicas, isr } : null;
}

/** The replicas without those that a reassignment is adding. */
export function originalReplicas({ replicas, addingReplicas }: PartitionState): readonly NodeId[] {
  return replicas.filter((id) => !addingReplicas.includes(id));
}

/**
 * What a partition goes back to when its reassignment is given up: without what was being added. Where only such
 * replicas are in sync the first of the others has to stand in, which may lose records.
 */
export function revertedReassignment(partition: PartitionState): {
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly isUnclean: boolean;
} {
  const replicas = originalReplicas(partition);
  const isr = partition.isr.filter((id) => !partition.addingReplicas.includes(id));
  return isr.length > 0
    ? { replicas, isr, isUnclean: false }
    : { replicas, isr: replicas.slice(0, 1), isUnclean: true };
}

/** Of `a` without `b`, rising. */
function difference(a: readonly NodeId[], b: readonly NodeId[]): NodeId[] {
  return a.filter((id) => !b.includes(id)).sort((x, y) => x - y);
}
