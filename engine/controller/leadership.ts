import type { DirectoryId, NodeId, TopicId } from '../base/brands.ts';
import { noLeader, type PartitionState } from '../metadata/image/partition-state.ts';
import type { DecisionContext } from './decision.ts';
import { directoryOf, type PartitionTarget } from './partition-change.ts';
import { type Exceptions, electionOf, type PartitionChanger } from './partition-changer.ts';

type TargetOf = (partition: PartitionState) => PartitionTarget | null;

/** A broker stops being able to lead: it leaves every ISR, and others are elected where it led. */
export function brokerLeaves(changer: PartitionChanger, id: NodeId): void {
  changeEach(changer, { leaving: id }, (partition) => (concerns(partition, id) ? outOfIsr(partition, id) : null));
}

/** The same for the replicas that lie in some of the broker's directories. */
export function directoriesLeave(changer: PartitionChanger, id: NodeId, gone: readonly DirectoryId[]): void {
  changeEach(changer, { leaving: id }, (partition) => {
    const isGone = partition.replicas.includes(id) && gone.includes(directoryOf(partition, id));
    return isGone && concerns(partition, id) ? outOfIsr(partition, id) : null;
  });
}

/** The same for the broker's replica of one partition. */
export function replicaLeaves(changer: PartitionChanger, id: NodeId, topicId: TopicId, index: number): void {
  changeOne(changer, topicId, index, electionOf(changer.context, topicId), { leaving: id }, (partition) =>
    outOfIsr(partition, id),
  );
}

/** A broker can lead again: where nobody does, there is an election. */
export function brokerReturns(changer: PartitionChanger, id: NodeId): void {
  changeEach(changer, { returning: id }, (partition) => (partition.leader === noLeader ? {} : null));
}

/**
 * A broker came back without having shut down cleanly: what it has may lack what was acknowledged, so it is neither in
 * sync nor eligible any longer.
 */
export function brokerWasUnclean(changer: PartitionChanger, id: NodeId): void {
  changeEach(changer, { leaving: id }, (partition) => {
    if (!concerns(partition, id) && !partition.elr.includes(id)) return null;
    return { ...outOfIsr(partition, id), uncleanBroker: id };
  });
}

export function hasLeaderships({ image }: DecisionContext, id: NodeId): boolean {
  for (const [topicId] of image.topics()) {
    const count = image.partitionCount(topicId);
    for (let i = 0; i < count; i++) if (image.partitionLeader(topicId, i) === id) return true;
  }
  return false;
}

function concerns(partition: PartitionState, id: NodeId): boolean {
  return partition.leader === id || partition.isr.includes(id);
}

function outOfIsr(partition: PartitionState, id: NodeId): PartitionTarget {
  return { isr: partition.isr.filter((member) => member !== id) };
}

function changeEach(changer: PartitionChanger, exceptions: Exceptions, targetOf: TargetOf): void {
  const { image } = changer.context;
  for (const [topicId] of image.topics()) {
    const count = image.partitionCount(topicId);
    const election = electionOf(changer.context, topicId);
    for (let i = 0; i < count; i++) changeOne(changer, topicId, i, election, exceptions, targetOf);
  }
}

function changeOne(
  changer: PartitionChanger,
  topicId: TopicId,
  index: number,
  election: 'unclean' | 'online',
  exceptions: Exceptions,
  targetOf: TargetOf,
): void {
  const partition = changer.partition(topicId, index);
  const target = partition === undefined ? null : targetOf(partition);
  if (target !== null) changer.change(topicId, index, { ...target, election }, exceptions);
}
