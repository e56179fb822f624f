import type { DirectoryId, NodeId, Offset, TopicId, Uuid } from '../../base/brands.ts';
import type { PartitionBlock } from './partition-block.ts';

export interface TopicState {
  readonly id: TopicId;
  readonly name: string;
}

export interface Endpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL. */
  readonly securityProtocol: number;
}

export interface SupportedRange {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
}

export interface BrokerState {
  readonly id: NodeId;
  /** Offset of the record that registered it. */
  readonly epoch: Offset;
  readonly incarnationId: Uuid;
  readonly endpoints: readonly Endpoint[];
  readonly features: readonly SupportedRange[];
  readonly rack: string | null;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly logDirs: readonly DirectoryId[];
  /** Directories that get no new replicas; null where the broker does not say. */
  readonly cordonedLogDirs: readonly DirectoryId[] | null;
}

export interface ControllerState {
  readonly id: NodeId;
  readonly incarnationId: Uuid;
  readonly zkMigrationReady: boolean;
  readonly endpoints: readonly Endpoint[];
  readonly features: readonly SupportedRange[];
}

/** Resource types as the wire and the records number them (KIP-133). */
export const resourceType = {
  unknown: 0,
  topic: 2,
  broker: 4,
  brokerLogger: 8,
  clientMetrics: 16,
  group: 32,
} as const;

/** The configs of one resource, as records set them. Never empty. */
export interface ResourceConfigs {
  readonly type: number;
  /** Empty for the default of all brokers. */
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

export interface ProducerIds {
  readonly brokerId: NodeId;
  readonly brokerEpoch: bigint;
  readonly nextProducerId: bigint;
}

export function resourceKey(type: number, name: string): string {
  return `${type}:${name}`;
}

export interface RemovedTopic {
  readonly topic: TopicState;
  readonly partitions: PartitionBlock | undefined;
}

/** What one step of the committed image changed. A topic made and removed within the step is in neither list. */
export interface ImageChanges {
  /** Offset of the last record that the image contains, -1 for the empty image. */
  readonly imageOffset: Offset;
  readonly imageEpoch: number;
  readonly createdTopics: ReadonlyMap<TopicId, TopicState>;
  readonly removedTopics: ReadonlyMap<TopicId, RemovedTopic>;
  /** Partitions made or changed, of topics that exist now. */
  readonly changedPartitions: ReadonlyMap<TopicId, ReadonlySet<number>>;
  /** Keys (`resourceKey`) of resources whose configs changed. */
  readonly changedConfigs: ReadonlyMap<string, { readonly type: number; readonly name: string }>;
  readonly brokersChanged: boolean;
  readonly controllersChanged: boolean;
  readonly featuresChanged: boolean;
  /** Quotas, ACLs, SCRAM credentials, delegation tokens. */
  readonly retainedChanged: boolean;
}

/** Names that the log itself uses; they show as internal to clients. */
export const internalTopics: ReadonlySet<string> = new Set([
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
]);
