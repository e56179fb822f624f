import type { LeaderEpoch, NodeId, Offset, TopicId } from '../../base/brands.ts';
import type { ImageState } from './image-state.ts';
import type { PartitionBlock } from './partition-block.ts';
import type { PartitionState } from './partition-state.ts';
import type { BrokerState, ControllerState, ProducerIds, ResourceConfigs, TopicState } from './states.ts';
import { resourceKey } from './states.ts';

/** The image as deciders read it: the last written state. */
export class WrittenView {
  readonly #state: ImageState;

  constructor(state: ImageState) {
    this.#state = state;
  }

  topicByName(name: string): TopicState | undefined {
    const id = this.#state.topicIds.get(name);
    return id === undefined ? undefined : this.#state.topics.get(id);
  }

  topicById(id: TopicId): TopicState | undefined {
    return this.#state.topics.get(id);
  }

  topics(): IterableIterator<[TopicId, TopicState]> {
    return this.#state.topics.entries();
  }

  /** Existing names that differ from the key's only in '.' and '_'. */
  collidingNames(key: string): readonly string[] {
    return this.#state.collisions.get(key) ?? [];
  }

  partitionCount(topicId: TopicId): number {
    return this.#state.partitions.count(topicId);
  }

  partition(topicId: TopicId, index: number): PartitionState | undefined {
    return this.#state.partitions.get(topicId, index);
  }

  /** -1 for none. Cheaper than asking for all of the partition. */
  partitionLeader(topicId: TopicId, index: number): NodeId {
    return this.#state.partitions.leader(topicId, index);
  }

  configs(type: number, name: string): ReadonlyMap<string, string> {
    return this.#state.configs.get(resourceKey(type, name))?.values ?? noValues;
  }

  allConfigs(): IterableIterator<[string, ResourceConfigs]> {
    return this.#state.configs.entries();
  }

  broker(id: NodeId): BrokerState | undefined {
    return this.#state.brokers.get(id);
  }

  brokers(): IterableIterator<[NodeId, BrokerState]> {
    return this.#state.brokers.entries();
  }

  controllers(): IterableIterator<[NodeId, ControllerState]> {
    return this.#state.controllers.entries();
  }

  /** 0 where the feature is off. */
  featureLevel(name: string): number {
    return this.#state.features.get(name) ?? 0;
  }

  features(): IterableIterator<[string, number]> {
    return this.#state.features.entries();
  }

  producerIds(): ProducerIds | undefined {
    return this.#state.producerIds.get('next');
  }
}

/** The image as clients see it: the last committed state. */
export class CommittedView {
  readonly #state: ImageState;
  /** Offset of the last record that is contained, -1 for none. */
  offset: Offset = -1;
  epoch: LeaderEpoch = -1;
  timestampMs = -1;

  constructor(state: ImageState) {
    this.#state = state;
  }

  get topics(): ReadonlyMap<TopicId, TopicState> {
    return this.#state.topics.committed;
  }

  topicByName(name: string): TopicState | undefined {
    const id = this.#state.topicIds.committed.get(name);
    return id === undefined ? undefined : this.#state.topics.committed.get(id);
  }

  partitions(topicId: TopicId): PartitionBlock | undefined {
    return this.#state.partitions.committed(topicId);
  }

  configs(type: number, name: string): ReadonlyMap<string, string> {
    return this.#state.configs.committed.get(resourceKey(type, name))?.values ?? noValues;
  }

  get allConfigs(): ReadonlyMap<string, ResourceConfigs> {
    return this.#state.configs.committed;
  }

  get brokers(): ReadonlyMap<NodeId, BrokerState> {
    return this.#state.brokers.committed;
  }

  get controllers(): ReadonlyMap<NodeId, ControllerState> {
    return this.#state.controllers.committed;
  }

  get features(): ReadonlyMap<string, number> {
    return this.#state.features.committed;
  }

  get producerIds(): ProducerIds | undefined {
    return this.#state.producerIds.committed.get('next');
  }
}

const noValues: ReadonlyMap<string, string> = new Map();
