import type { DirectoryId, NodeId, TopicId } from '../base/brands.ts';
import type { PartitionChangeMessage } from '../metadata/image/replay.ts';
import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';

/** Records as the controller makes them. Fields left out have the schema's defaults when they are encoded. */

export function topicRecord(name: string, topicId: TopicId): MetadataRecord {
  return { apiKey: recordKey.topic, version: 0, message: { name, topicId } };
}

export function configRecord(
  resourceType: number,
  resourceName: string,
  name: string,
  value: string | null,
): MetadataRecord {
  return { apiKey: recordKey.config, version: 0, message: { resourceType, resourceName, name, value } };
}

export function clearElrRecord(topicName: string): MetadataRecord {
  return { apiKey: recordKey.clearElr, version: 0, message: { topicName } };
}

export function featureLevelRecord(name: string, featureLevel: number): MetadataRecord {
  return { apiKey: recordKey.featureLevel, version: 0, message: { name, featureLevel } };
}

/** A new partition: everyone who can be in the ISR is, and the first of them leads. */
export function partitionRecord(
  topicId: TopicId,
  partitionId: number,
  replicas: readonly NodeId[],
  isr: readonly NodeId[],
  directories: readonly DirectoryId[],
  version: number,
): MetadataRecord {
  const message = {
    partitionId,
    topicId,
    replicas,
    isr,
    removingReplicas: [],
    addingReplicas: [],
    leader: isr[0],
    leaderRecoveryState: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: version >= 1 ? directories : [],
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
  };
  return { apiKey: recordKey.partition, version, message };
}

export interface PartitionChange {
  readonly isr?: readonly NodeId[];
  readonly leader?: NodeId;
  readonly replicas?: readonly NodeId[];
  readonly removingReplicas?: readonly NodeId[];
  readonly addingReplicas?: readonly NodeId[];
  readonly leaderRecoveryState?: number;
  readonly directories?: readonly DirectoryId[];
  readonly elr?: readonly NodeId[];
  readonly lastKnownElr?: readonly NodeId[];
}

export function partitionChangeRecord(
  topicId: TopicId,
  partitionId: number,
  change: PartitionChange,
  version: number,
): MetadataRecord & { readonly message: PartitionChangeMessage } {
  const message = {
    partitionId,
    topicId,
    isr: change.isr ?? null,
    leader: change.leader ?? -2,
    replicas: change.replicas ?? null,
    removingReplicas: change.removingReplicas ?? null,
    addingReplicas: change.addingReplicas ?? null,
    leaderRecoveryState: change.leaderRecoveryState ?? -1,
    directories: version >= 1 ? (change.directories ?? null) : null,
    eligibleLeaderReplicas: version >= 2 ? (change.elr ?? null) : null,
    lastKnownElr: version >= 2 ? (change.lastKnownElr ?? null) : null,
  };
  return { apiKey: recordKey.partitionChange, version, message };
}
