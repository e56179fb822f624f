import { assert } from '../../base/assert.ts';
import type { DirectoryId, NodeId, TopicId } from '../../base/brands.ts';
import type { BrokerRegistrationChangeRecord } from '../../protocol/generated/broker-registration-change-record.js';
import type { ClearElrRecord } from '../../protocol/generated/clear-elr-record.js';
import type { ConfigRecord } from '../../protocol/generated/config-record.js';
import type { FeatureLevelRecord } from '../../protocol/generated/feature-level-record.js';
import type { FenceBrokerRecord } from '../../protocol/generated/fence-broker-record.js';
import type { PartitionChangeRecord } from '../../protocol/generated/partition-change-record.js';
import type { PartitionRecord } from '../../protocol/generated/partition-record.js';
import type { ProducerIdsRecord } from '../../protocol/generated/producer-ids-record.js';
import type { RegisterBrokerRecord } from '../../protocol/generated/register-broker-record.js';
import type { RegisterControllerRecord } from '../../protocol/generated/register-controller-record.js';
import type { RemoveTopicRecord } from '../../protocol/generated/remove-topic-record.js';
import type { TopicRecord } from '../../protocol/generated/topic-record.js';
import type { UnregisterBrokerRecord } from '../../protocol/generated/unregister-broker-record.js';
import { type MetadataRecord, recordKey } from '../metadata-record.ts';
import { collisionKey, type ImageState } from './image-state.ts';
import type { PartitionState } from './partition-state.ts';
import { replayRetained } from './replay-retained.ts';
import { type BrokerState, type Endpoint, resourceKey, resourceType, type SupportedRange } from './states.ts';

type Replay = (state: ImageState, message: never) => void;

const replays: Readonly<Record<number, Replay | undefined>> = {
  [recordKey.topic]: replayTopic,
  [recordKey.removeTopic]: replayRemoveTopic,
  [recordKey.partition]: replayPartition,
  [recordKey.partitionChange]: replayPartitionChange,
  [recordKey.config]: replayConfig,
  [recordKey.clearElr]: replayClearElr,
  [recordKey.featureLevel]: replayFeatureLevel,
  [recordKey.registerBroker]: replayRegisterBroker,
  [recordKey.unregisterBroker]: replayUnregisterBroker,
  [recordKey.fenceBroker]: replayFenceBroker,
  [recordKey.unfenceBroker]: replayUnfenceBroker,
  [recordKey.brokerRegistrationChange]: replayRegistrationChange,
  [recordKey.registerController]: replayRegisterController,
  [recordKey.producerIds]: replayProducerIds,
  [recordKey.noOp]: () => {},
};

/** The only writer of the image: the same on the node that decided a record and on those that follow. */
export function replayRecord(state: ImageState, record: MetadataRecord): void {
  const replay = replays[record.apiKey];
  if (replay !== undefined) {
    replay(state, record.message as never);
    return;
  }
  assert(replayRetained(state, record), `metadata image: record type ${record.apiKey} is not known`);
}

function replayTopic(state: ImageState, record: TopicRecord): void {
  const { name, topicId } = record;
  assert(!state.topics.has(topicId), `metadata image: topic id ${topicId} is there already`);
  assert(!state.topicIds.has(name), `metadata image: topic ${name} is there already`);
  state.topics.set(topicId, { id: topicId, name });
  state.topicIds.set(name, topicId);
  const key = collisionKey(name);
  if (key !== null) state.collisions.set(key, [...(state.collisions.get(key) ?? []), name]);
}

function replayRemoveTopic(state: ImageState, record: RemoveTopicRecord): void {
  const topic = state.topics.get(record.topicId);
  assert(topic !== undefined, `metadata image: topic ${record.topicId} to remove is not there`);
  // Partitions first: whoever is told of the topic's end has its partitions at hand.
  state.partitions.removeTopic(topic.id);
  state.topics.delete(topic.id);
  state.topicIds.delete(topic.name);
  state.configs.delete(resourceKey(resourceType.topic, topic.name));
  const key = collisionKey(topic.name);
  if (key === null) return;
  const rest = (state.collisions.get(key) ?? []).filter((name) => name !== topic.name);
  state.collisions.set(key, rest.length === 0 ? undefined : rest);
}

function replayPartition(state: ImageState, record: PartitionRecord): void {
  assert(state.topics.has(record.topicId), `metadata image: partition of unknown topic ${record.topicId}`);
  state.partitions.set(record.topicId, record.partitionId, {
    replicas: record.replicas,
    isr: record.isr,
    removingReplicas: record.removingReplicas,
    addingReplicas: record.addingReplicas,
    elr: record.eligibleLeaderReplicas ?? [],
    lastKnownElr: record.lastKnownElr ?? [],
    directories: record.directories,
    leaderRecoveryState: record.leaderRecoveryState,
    leader: record.leader,
    leaderEpoch: record.leaderEpoch,
    partitionEpoch: record.partitionEpoch,
  });
}

function replayPartitionChange(state: ImageState, record: PartitionChangeRecord): void {
  const before = state.partitions.get(record.topicId, record.partitionId);
  assert(before !== undefined, `metadata image: change of unknown ${record.topicId}-${record.partitionId}`);
  state.partitions.set(record.topicId, record.partitionId, mergePartition(before, record));
}

/** What a PartitionChangeRecord says of its partition. */
export interface PartitionChangeMessage {
  readonly isr: readonly NodeId[] | null;
  readonly leader: NodeId;
  readonly replicas: readonly NodeId[] | null;
  readonly removingReplicas: readonly NodeId[] | null;
  readonly addingReplicas: readonly NodeId[] | null;
  readonly leaderRecoveryState: number;
  readonly directories: readonly DirectoryId[] | null;
  readonly eligibleLeaderReplicas: readonly NodeId[] | null;
  readonly lastKnownElr: readonly NodeId[] | null;
}

/** A change of leader (-2: none named) raises the leader epoch; every change raises the partition epoch. */
export function mergePartition(before: PartitionState, record: PartitionChangeMessage): PartitionState {
  const leaderNamed = record.leader !== -2;
  return {
    replicas: record.replicas ?? before.replicas,
    isr: record.isr ?? before.isr,
    removingReplicas: record.removingReplicas ?? before.removingReplicas,
    addingReplicas: record.addingReplicas ?? before.addingReplicas,
    elr: record.eligibleLeaderReplicas ?? before.elr,
    lastKnownElr: record.lastKnownElr ?? before.lastKnownElr,
    directories: record.directories ?? before.directories,
    leaderRecoveryState: record.leaderRecoveryState === -1 ? before.leaderRecoveryState : record.leaderRecoveryState,
    leader: leaderNamed ? record.leader : before.leader,
    leaderEpoch: leaderNamed ? before.leaderEpoch + 1 : before.leaderEpoch,
    partitionEpoch: before.partitionEpoch + 1,
  };
}

function replayConfig(state: ImageState, record: ConfigRecord): void {
  const { resourceType: type, resourceName: name } = record;
  const key = resourceKey(type, name);
  const values = new Map(state.configs.get(key)?.values ?? []);
  if (record.value === null) values.delete(record.name);
  else values.set(record.name, record.value);
  state.configs.set(key, values.size === 0 ? undefined : { type, name, values });
}

/** A min.insync.replicas changed: the eligible leaders of the topic (of all, for the empty name) are void (KIP-966). */
function replayClearElr(state: ImageState, record: ClearElrRecord): void {
  if (record.topicName !== '') {
    const id = state.topicIds.get(record.topicName);
    assert(id !== undefined, `metadata image: ELR of unknown topic ${record.topicName}`);
    clearElr(state, id);
    return;
  }
  for (const [id] of state.topics.entries()) clearElr(state, id);
}

function clearElr(state: ImageState, id: TopicId): void {
  const count = state.partitions.count(id);
  for (let i = 0; i < count; i++) {
    const partition = state.partitions.get(id, i);
    if (partition === undefined || partition.elr.length + partition.lastKnownElr.length === 0) continue;
    state.partitions.set(id, i, { ...partition, elr: [], lastKnownElr: [] });
  }
}

function replayFeatureLevel(state: ImageState, record: FeatureLevelRecord): void {
  state.features.set(record.name, record.featureLevel === 0 ? undefined : record.featureLevel);
}

function replayRegisterBroker(state: ImageState, record: RegisterBrokerRecord): void {
  state.brokers.set(record.brokerId, {
    id: record.brokerId,
    epoch: Number(record.brokerEpoch),
    incarnationId: record.incarnationId,
    endpoints: record.endPoints.map(plainEndpoint),
    features: record.features.map(plainRange),
    rack: record.rack,
    fenced: record.fenced,
    inControlledShutdown: record.inControlledShutdown,
    logDirs: record.logDirs,
    cordonedLogDirs: record.cordonedLogDirs,
  });
}

function replayUnregisterBroker(state: ImageState, record: UnregisterBrokerRecord): void {
  state.brokers.delete(record.brokerId);
}

function replayFenceBroker(state: ImageState, record: FenceBrokerRecord): void {
  changeBroker(state, record.id, { fenced: true });
}

function replayUnfenceBroker(state: ImageState, record: FenceBrokerRecord): void {
  changeBroker(state, record.id, { fenced: false });
}

/** Without what belongs to the record's form: an image is the same whether its records were made here or read. */
function plainEndpoint({ name, host, port, securityProtocol }: Endpoint): Endpoint {
  return { name, host, port, securityProtocol };
}

function plainRange({ name, minSupportedVersion, maxSupportedVersion }: SupportedRange): SupportedRange {
  return { name, minSupportedVersion, maxSupportedVersion };
}

function replayRegistrationChange(state: ImageState, record: BrokerRegistrationChangeRecord): void {
  const change: { -readonly [K in keyof BrokerState]?: BrokerState[K] } = {};
  if (record.fenced !== 0) change.fenced = record.fenced === 1;
  if (record.inControlledShutdown !== 0) change.inControlledShutdown = record.inControlledShutdown === 1;
  if (record.logDirs.length > 0) change.logDirs = record.logDirs;
  if (record.cordonedLogDirs !== null) change.cordonedLogDirs = record.cordonedLogDirs;
  changeBroker(state, record.brokerId, change);
}

function changeBroker(state: ImageState, id: NodeId, change: Partial<BrokerState>): void {
  const before = state.brokers.get(id);
  assert(before !== undefined, `metadata image: change of unknown broker ${id}`);
  state.brokers.set(id, { ...before, ...change });
}

function replayRegisterController(state: ImageState, record: RegisterControllerRecord): void {
  state.controllers.set(record.controllerId, {
    id: record.controllerId,
    incarnationId: record.incarnationId,
    zkMigrationReady: record.zkMigrationReady,
    endpoints: record.endPoints.map(plainEndpoint),
    features: record.features.map(plainRange),
  });
}

function replayProducerIds(state: ImageState, record: ProducerIdsRecord): void {
  const { brokerId, brokerEpoch, nextProducerId } = record;
  state.producerIds.set('next', { brokerId, brokerEpoch, nextProducerId });
}
