import type { TopicId } from '../../base/brands.ts';
import { type MetadataRecord, recordKey } from '../metadata-record.ts';
import { metadataVersionFeature, partitionRecordVersion, registerBrokerRecordVersion } from '../record-versions.ts';
import type { ImageState } from './image-state.ts';
import type { PartitionBlock } from './partition-block.ts';
import type { BrokerState, ControllerState, ProducerIds, ResourceConfigs, TopicState } from './states.ts';

/**
 * The committed image as records, in Kafka's order: features first, so that a reader knows the metadata.version before
 * anything else. What is drawn is the state at the call, however long the drawing takes: all but the partitions is taken
 * by reference at once, and partition blocks are copied by the first change.
 */
export function snapshotRecords(state: ImageState): Iterator<MetadataRecord> {
  const captured = {
    features: [...state.features.committed].sort(([a], [b]) => featureOrder(a, b)),
    brokers: [...state.brokers.committed.values()],
    controllers: [...state.controllers.committed.values()],
    topics: captureTopics(state),
    configs: [...state.configs.committed.values()],
    producerIds: state.producerIds.committed.get('next'),
    retained: [...state.retained.committed.values()],
  };
  state.partitions.freeze();
  const records = draw(captured);
  let open = true;
  const close = (): void => {
    if (open) state.partitions.thaw();
    open = false;
  };
  return {
    next() {
      const result = records.next();
      if (result.done === true) close();
      return result;
    },
    return() {
      close();
      return { done: true, value: undefined };
    },
  };
}

interface Captured {
  readonly features: readonly (readonly [string, number])[];
  readonly brokers: readonly BrokerState[];
  readonly controllers: readonly ControllerState[];
  readonly topics: readonly CapturedTopic[];
  readonly configs: readonly ResourceConfigs[];
  readonly producerIds: ProducerIds | undefined;
  readonly retained: readonly MetadataRecord[];
}

interface CapturedTopic {
  readonly topic: TopicState;
  readonly partitions: PartitionBlock | undefined;
}

function captureTopics(state: ImageState): CapturedTopic[] {
  const topics: CapturedTopic[] = [];
  for (const [id, topic] of state.topics.committed) {
    topics.push({ topic, partitions: state.partitions.committed(id) });
  }
  return topics;
}

function featureOrder(a: string, b: string): number {
  if (a === metadataVersionFeature) return -1;
  if (b === metadataVersionFeature) return 1;
  return a < b ? -1 : 1;
}

function* draw(captured: Captured): Generator<MetadataRecord, undefined> {
  const metadataVersion = captured.features.find(([name]) => name === metadataVersionFeature)?.[1] ?? 0;
  for (const [name, featureLevel] of captured.features) {
    yield { apiKey: recordKey.featureLevel, version: 0, message: { name, featureLevel } };
  }
  for (const broker of captured.brokers) yield brokerRecord(broker, registerBrokerRecordVersion(metadataVersion));
  for (const controller of captured.controllers) yield controllerRecord(controller);
  for (const { topic, partitions } of captured.topics) {
    yield { apiKey: recordKey.topic, version: 0, message: { name: topic.name, topicId: topic.id } };
    if (partitions === undefined) continue;
    const version = partitionRecordVersion(metadataVersion);
    for (let i = 0; i < partitions.count; i++) yield partitionRecord(topic.id, partitions, i, version);
  }
  for (const { type, name, values } of captured.configs) {
    for (const [key, value] of values) {
      const message = { resourceType: type, resourceName: name, name: key, value };
      yield { apiKey: recordKey.config, version: 0, message };
    }
  }
  if (captured.producerIds !== undefined) {
    yield { apiKey: recordKey.producerIds, version: 0, message: captured.producerIds };
  }
  for (const record of captured.retained) yield record;
  return undefined;
}

function brokerRecord(broker: BrokerState, version: number): MetadataRecord {
  const message = {
    brokerId: broker.id,
    isMigratingZkBroker: false,
    incarnationId: broker.incarnationId,
    brokerEpoch: BigInt(broker.epoch),
    endPoints: broker.endpoints,
    features: broker.features,
    rack: broker.rack,
    fenced: broker.fenced,
    inControlledShutdown: broker.inControlledShutdown,
    logDirs: version >= 3 ? broker.logDirs : [],
    cordonedLogDirs: version >= 4 ? broker.cordonedLogDirs : null,
  };
  return { apiKey: recordKey.registerBroker, version, message };
}

function controllerRecord(controller: ControllerState): MetadataRecord {
  const message = {
    controllerId: controller.id,
    incarnationId: controller.incarnationId,
    zkMigrationReady: controller.zkMigrationReady,
    endPoints: controller.endpoints,
    features: controller.features,
  };
  return { apiKey: recordKey.registerController, version: 0, message };
}

function partitionRecord(topicId: TopicId, block: PartitionBlock, index: number, version: number): MetadataRecord {
  const shape = block.shape(index);
  const message = {
    partitionId: index,
    topicId,
    replicas: shape.replicas,
    isr: shape.isr,
    removingReplicas: shape.removingReplicas,
    addingReplicas: shape.addingReplicas,
    leader: block.leader(index),
    leaderRecoveryState: shape.leaderRecoveryState,
    leaderEpoch: block.leaderEpoch(index),
    partitionEpoch: block.partitionEpoch(index),
    directories: version >= 1 ? shape.directories : [],
    eligibleLeaderReplicas: version >= 2 && shape.elr.length > 0 ? shape.elr : null,
    lastKnownElr: version >= 2 && shape.lastKnownElr.length > 0 ? shape.lastKnownElr : null,
  };
  return { apiKey: recordKey.partition, version, message };
}
