import type { DirectoryId, NodeId, TopicId } from '../base/brands.ts';
import { noLeader, type PartitionState, sameList } from '../metadata/image/partition-state.ts';
import { resourceType } from '../metadata/image/states.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { metadataVersionFeature, partitionRecordVersion } from '../metadata/record-versions.ts';
import type { DecisionContext } from './decision.ts';
import { elrFeature } from './feature-levels.ts';
import { isActive } from './placement.ts';
import { type PartitionChange, partitionChangeRecord } from './records.ts';

type Mutable<T> = { -readonly [K in keyof T]?: T[K] };

/**
 * A broker stops being able to lead: it leaves every ISR, and others are elected where it led. With ELR (KIP-966) an
 * ISR may become empty, and who left it stays eligible; without, the last member stays.
 */
export function brokerLeaves(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, (partition, topic) => leave(context, topic, partition, id));
}

/** The same for the replicas that lie in some of the broker's directories. */
export function directoriesLeave(context: DecisionContext, id: NodeId, gone: readonly DirectoryId[]): MetadataRecord[] {
  return changeEach(context, (partition, topic) => {
    const directory = partition.directories[partition.replicas.indexOf(id)];
    return directory !== undefined && gone.includes(directory) ? leave(context, topic, partition, id) : null;
  });
}

/** A broker can lead again: it does where nobody does and where it is eligible. */
export function brokerReturns(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, (partition) => (partition.leader === noLeader ? electReturned(partition, id) : null));
}

/** A broker came back without having shut down cleanly: what it has may lack what was acknowledged. */
export function brokerWasUnclean(context: DecisionContext, id: NodeId): MetadataRecord[] {
  return changeEach(context, (partition) =>
    partition.elr.includes(id) ? { elr: partition.elr.filter((member) => member !== id) } : null,
  );
}

export function hasLeaderships(context: DecisionContext, id: NodeId): boolean {
  for (const [topicId] of context.image.topics()) {
    const count = context.image.partitionCount(topicId);
    for (let i = 0; i < count; i++) if (context.image.partition(topicId, i)?.leader === id) return true;
  }
  return false;
}

/** What an ISR of `isr` makes of the eligible leaders. */
export function elrAfter(
  context: DecisionContext,
  topicName: string,
  partition: PartitionState,
  isr: readonly NodeId[],
): { readonly elr: readonly NodeId[]; readonly lastKnownElr: readonly NodeId[] } {
  if (context.image.featureLevel(elrFeature) === 0) return { elr: [], lastKnownElr: [] };
  if (isr.length >= minInsyncReplicas(context, topicName, partition)) return { elr: [], lastKnownElr: [] };
  const elr = [...partition.elr, ...partition.isr.filter((member) => !partition.elr.includes(member))];
  const left = elr.filter((member) => !isr.includes(member));
  // The last leader is remembered while nobody is in sync.
  const lastKnownElr =
    isr.length > 0 ? [] : partition.leader === noLeader ? partition.lastKnownElr : [partition.leader];
  return { elr: left, lastKnownElr };
}

function leave(context: DecisionContext, topic: string, partition: PartitionState, id: NodeId): PartitionChange | null {
  const leads = partition.leader === id;
  const inSync = partition.isr.includes(id);
  if (!leads && !inSync) return null;
  const change: Mutable<PartitionChange> = {};
  const elrOn = context.image.featureLevel(elrFeature) > 0;
  let isr = partition.isr.filter((member) => member !== id);
  if (isr.length === 0 && !elrOn) isr = [...partition.isr];
  if (!sameList(isr, partition.isr)) change.isr = isr;
  if (leads) change.leader = elect(context, partition, isr, id);
  const after = elrAfter(context, topic, partition, isr);
  if (!sameList(after.elr, partition.elr)) change.elr = after.elr;
  if (!sameList(after.lastKnownElr, partition.lastKnownElr)) change.lastKnownElr = after.lastKnownElr;
  return change;
}

function elect(context: DecisionContext, partition: PartitionState, isr: readonly NodeId[], not: NodeId): NodeId {
  const able = (id: NodeId) => id !== not && isr.includes(id) && isActive(context.image.broker(id));
  return partition.replicas.find(able) ?? noLeader;
}

function electReturned(partition: PartitionState, id: NodeId): PartitionChange | null {
  if (!partition.replicas.includes(id)) return null;
  if (partition.isr.includes(id)) return { leader: id };
  const change: Mutable<PartitionChange> = { isr: [id], leader: id };
  if (partition.elr.includes(id)) {
    change.elr = partition.elr.filter((member) => member !== id);
    if (partition.lastKnownElr.length > 0) change.lastKnownElr = [];
    return change;
  }
  // Nobody was in sync or eligible, and this one led last: better it than nobody, marked as recovering (KIP-966).
  if (partition.isr.length > 0 || partition.elr.length > 0 || partition.lastKnownElr[0] !== id) return null;
  return { ...change, leaderRecoveryState: 1, lastKnownElr: [] };
}

function minInsyncReplicas(context: DecisionContext, topicName: string, partition: PartitionState): number {
  const key = 'min.insync.replicas';
  const { image, settings } = context;
  const text = image.configs(resourceType.topic, topicName).get(key) ?? image.configs(resourceType.broker, '').get(key);
  const wanted = text === undefined ? settings.minInsyncReplicas : Number(text);
  return Math.min(wanted, partition.replicas.length);
}

function changeEach(
  context: DecisionContext,
  changeOf: (partition: PartitionState, topic: string) => PartitionChange | null,
): MetadataRecord[] {
  const version = partitionRecordVersion(context.image.featureLevel(metadataVersionFeature));
  const records: MetadataRecord[] = [];
  for (const [topicId, topic] of context.image.topics()) {
    const count = context.image.partitionCount(topicId);
    for (let i = 0; i < count; i++) pushChange(context, topicId, topic.name, i, changeOf, version, records);
  }
  return records;
}

function pushChange(
  context: DecisionContext,
  topicId: TopicId,
  topic: string,
  index: number,
  changeOf: (partition: PartitionState, topic: string) => PartitionChange | null,
  version: number,
  records: MetadataRecord[],
): void {
  const partition = context.image.partition(topicId, index);
  const change = partition === undefined ? null : changeOf(partition, topic);
  if (change !== null) records.push(partitionChangeRecord(topicId, index, change, version));
}
