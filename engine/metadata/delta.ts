import type { DirectoryId, NodeId, Offset, PartitionRow, TopicId, TopicRow } from '../base/brands.ts';
import type { SegmentMessage } from './columns/shared-metadata.ts';

/**
 * What the coordinator tells a shard when the committed image moves. Plain data: numbers, strings, arrays and objects,
 * so that it travels by msgpackr or structured clone. The rows that it names are written before it is sent.
 * Acknowledged by image offset, when the shard has acted.
 */
export interface ShardDelta {
  /** Offset of the last record that the image contains. */
  readonly imageOffset: Offset;
  readonly imageEpoch: number;
  /** True of the first delta that a shard gets: it names everything there is. */
  readonly full: boolean;
  /** Rows of the shard's partitions that this node leads, where that or the leader epoch is new. */
  readonly lead: readonly PartitionRow[];
  /** Rows that this node goes on leading in the same epoch, of which something else is new: ISR, replicas, partition epoch. */
  readonly altered: readonly PartitionRow[];
  /** Rows of the shard's partitions that this node has a replica of without leading it (now or any longer), if anything of them is new. */
  readonly follow: readonly PartitionRow[];
  /** Partitions of the shard that are no longer this node's: their logs go. Names are here because rows are forgotten. */
  readonly remove: readonly RemovedPartition[];
  /** Names of topics that were deleted, whoever had their partitions. */
  readonly removedTopics: readonly string[];
  /** Topics whose overrides changed (also to none); the overrides are in the row. */
  readonly topicConfigs: readonly TopicRow[];
  /** Null where unchanged. */
  readonly brokerConfigs: BrokerConfigs | null;
  /** Configs of groups and client metrics subscriptions that changed; null values where they are gone. */
  readonly resourceConfigs: readonly ChangedResource[];
  /** Null where unchanged. */
  readonly cluster: ClusterView | null;
}

export interface RemovedPartition {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly partition: number;
  readonly row: PartitionRow;
  /** False: the topic lives on, but this node has no replica of the partition any longer. */
  readonly topicDeleted: boolean;
}

/** Dynamic configs of brokers: [key, value] pairs. */
export interface BrokerConfigs {
  /** Of the default of all brokers. */
  readonly cluster: readonly ConfigPair[];
  /** Of this broker. */
  readonly broker: readonly ConfigPair[];
}

export type ConfigPair = readonly [name: string, value: string];

export interface ChangedResource {
  readonly type: number;
  readonly name: string;
  readonly values: readonly ConfigPair[] | null;
}

/** The cluster as clients are told of it. Small: sent whole when it changes. */
export interface ClusterView {
  readonly clusterId: string;
  /** Where admin requests go as far as clients know: in KRaft any live broker. */
  readonly brokers: readonly BrokerView[];
  /** Finalized levels, by name, level 0 left out. */
  readonly features: readonly FeatureView[];
  /** The image offset at which the features were read: ApiVersions' finalized features epoch. */
  readonly featuresEpoch: Offset;
}

export interface BrokerView {
  readonly id: NodeId;
  readonly epoch: Offset;
  readonly rack: string | null;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  /** Those that are online; empty where the broker does not say. */
  readonly logDirs: readonly DirectoryId[];
  readonly endpoints: readonly EndpointView[];
}

export interface EndpointView {
  /** The listener's name: a client is answered with the endpoints of the listener that it came by. */
  readonly listener: string;
  readonly host: string;
  readonly port: number;
  /** 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL. */
  readonly securityProtocol: number;
}

export interface FeatureView {
  readonly name: string;
  readonly level: number;
}

/** All that the publisher sends to a shard, in one order. */
export type PublisherMessage =
  /** To be added to the shared columns, then acknowledged by number. */
  | { readonly kind: 'segments'; readonly number: number; readonly segments: readonly SegmentMessage[] }
  /** Acknowledged by `delta.imageOffset`. */
  | { readonly kind: 'delta'; readonly delta: ShardDelta };
