import type { NodeId } from '../base/brands.ts';

/** What a reassignment makes of a partition: the old replicas that go stand at the end until the new ones are in sync. */
export interface Reassignment {
  readonly replicas: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
}

function isReassigning({ removingReplicas, addingReplicas }: Omit<Reassignment, 'replicas'>): boolean {
  return removingReplicas.length > 0 || addingReplicas.length > 0;
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
