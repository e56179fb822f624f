import type { DirectoryId, NodeId, TopicId } from '../base/brands.ts';
import { noLeader, type PartitionState } from '../metadata/image/partition-state.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { DecisionContext } from './decision.ts';
import { directoryOf, type PartitionTarget } from './partition-change.ts';
import { allowsUncleanElection, type Exceptions, PartitionChanger } from './partition-rules.ts';

/** A broker stops being able to lead: it leaves every ISR, and others are elected where it led. */
export function brokerLeaves(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, { leaving: id }, (partition) =>
    concerns(partition, id) ? outOfIsr(partition, id) : null,
  );
}

/** The same for the replicas that lie in some of the broker's directories. */
export function directoriesLeave(context: DecisionContext, id: NodeId, gone: readonly DirectoryId[]): MetadataRecord[] {
  return changeEach(context, { leaving: id }, (partition) => {
    const isGone = partition.replicas.includes(id) && gone.includes(directoryOf(partition, id));
    return isGone && concerns(partition, id) ? outOfIsr(partition, id) : null;
  });
}

/** A broker can lead again: where nobody does, there is an election. */
export function brokerReturns(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, { returning: id }, (partition) => (partition.leader === noLeader ? {} : null));
}

/**
 * A broker came back without having shut down cleanly: what it has may lack what was acknowledged, so it is neither in
 * sync nor eligible any longer.
 */
export function brokerWasUnclean(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, { leaving: id }, (partition) =>
    concerns(partition, id) || partition.elr.includes(id) ? { ...outOfIsr(partition, id), uncleanBroker: id } : null,
  );
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

/** Every partition for which there is a target; where a topic allows it, elections may be unclean. */
function changeEach(
  context: DecisionContext,
  exceptions: Exceptions,
  targetOf: (partition: PartitionState) => PartitionTarget | null,
): MetadataRecord[] {
  const changer = new PartitionChanger(context, exceptions);
  const records: MetadataRecord[] = [];
  for (const [topicId] of context.image.topics()) changeTopic(context, changer, topicId, targetOf, records);
  return records;
}

function changeTopic(
  context: DecisionContext,
  changer: PartitionChanger,
  topicId: TopicId,
  targetOf: (partition: PartitionState) => PartitionTarget | null,
  records: MetadataRecord[],
): void {
  const count = context.image.partitionCount(topicId);
  const election = allowsUncleanElection(context, topicId) ? 'unclean' : 'online';
  for (let i = 0; i < count; i++) {
    const partition = context.image.partition(topicId, i);
    const target = partition === undefined ? null : targetOf(partition);
    if (partition === undefined || target === null) continue;
    const change = changer.change(topicId, partition, { ...target, election });
    if (change !== null) records.push(changer.record(topicId, i, change));
  }
}
