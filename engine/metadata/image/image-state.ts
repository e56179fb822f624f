import type { NodeId, TopicId } from '../../base/brands.ts';
import type { MetadataRecord } from '../metadata-record.ts';
import { ChangeCollector } from './change-collector.ts';
import type { PartitionBlock } from './partition-block.ts';
import { PartitionStore } from './partition-store.ts';
import type { BrokerState, ControllerState, ProducerIds, ResourceConfigs, TopicState } from './states.ts';
import { VersionedMap } from './versioned-map.ts';
import { WriteLog } from './write-log.ts';

/** Everything that the metadata log says, by what it is about. Only `replay` writes it. */
export class ImageState {
  readonly log = new WriteLog();
  readonly changes = new ChangeCollector();
  readonly topics: VersionedMap<TopicId, TopicState>;
  readonly topicIds: VersionedMap<string, TopicId>;
  /** Names that hold '.' or '_', by the name with '.' turned into '_': metrics would confuse them. */
  readonly collisions: VersionedMap<string, readonly string[]>;
  readonly partitions: PartitionStore;
  readonly configs: VersionedMap<string, ResourceConfigs>;
  readonly brokers: VersionedMap<NodeId, BrokerState>;
  readonly controllers: VersionedMap<NodeId, ControllerState>;
  readonly features: VersionedMap<string, number>;
  readonly producerIds: VersionedMap<'next', ProducerIds>;
  /** Records kept as they are, by what they are the latest of: quotas, ACLs, credentials, tokens. */
  readonly retained: VersionedMap<string, MetadataRecord>;

  constructor() {
    const { log, changes } = this;
    const quiet = () => {};
    this.topics = new VersionedMap(log, (id, before, after) => changes.topicChanged(id, before, after));
    this.topicIds = new VersionedMap(log, quiet);
    this.collisions = new VersionedMap(log, quiet);
    this.partitions = new PartitionStore(log, changes);
    this.configs = new VersionedMap(log, (key, before, after) => changes.configChanged(key, before, after));
    this.brokers = new VersionedMap(log, () => changes.brokersChanged());
    this.controllers = new VersionedMap(log, () => changes.controllersChanged());
    this.features = new VersionedMap(log, () => changes.featuresChanged());
    this.producerIds = new VersionedMap(log, quiet);
    this.retained = new VersionedMap(log, () => changes.retainedChanged());
  }

  committedBlock(topicId: TopicId): PartitionBlock | undefined {
    return this.partitions.committed(topicId);
  }
}

/** Null for names that no other name collides with. */
export function collisionKey(name: string): string | null {
  return /[._]/.test(name) ? name.replaceAll('.', '_') : null;
}
