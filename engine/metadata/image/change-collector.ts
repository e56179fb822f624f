import type { TopicId } from '../../base/brands.ts';
import type { PartitionBlock } from './partition-block.ts';
import type { PartitionChanges } from './partition-store.ts';
import type { ImageChanges, RemovedTopic, ResourceConfigs, TopicState } from './states.ts';

/** Gathers what changes in the committed image between two calls of `take`. */
export class ChangeCollector implements PartitionChanges {
  #created = new Map<TopicId, TopicState>();
  #removed = new Map<TopicId, RemovedTopic>();
  #removedBlocks = new Map<TopicId, PartitionBlock | undefined>();
  #partitions = new Map<TopicId, Set<number>>();
  #configs = new Map<string, { readonly type: number; readonly name: string }>();
  #brokers = false;
  #controllers = false;
  #features = false;
  #retained = false;

  topicChanged(id: TopicId, before: TopicState | undefined, after: TopicState | undefined): void {
    if (after !== undefined) {
      this.#created.set(id, after);
      return;
    }
    if (before === undefined) return;
    this.#partitions.delete(id);
    if (!this.#created.delete(id)) this.#removed.set(id, { topic: before, partitions: this.#removedBlocks.get(id) });
  }

  partitionChanged(topicId: TopicId, index: number): void {
    const changed = this.#partitions.get(topicId);
    if (changed === undefined) this.#partitions.set(topicId, new Set([index]));
    else changed.add(index);
  }

  partitionsRemoved(topicId: TopicId, block: PartitionBlock | undefined): void {
    this.#removedBlocks.set(topicId, block);
  }

  configChanged(key: string, before: ResourceConfigs | undefined, after: ResourceConfigs | undefined): void {
    const resource = after ?? before;
    if (resource !== undefined) this.#configs.set(key, { type: resource.type, name: resource.name });
  }

  brokersChanged(): void {
    this.#brokers = true;
  }

  controllersChanged(): void {
    this.#controllers = true;
  }

  featuresChanged(): void {
    this.#features = true;
  }

  retainedChanged(): void {
    this.#retained = true;
  }

  take(imageOffset: number, imageEpoch: number): ImageChanges {
    const changes: ImageChanges = {
      imageOffset,
      imageEpoch,
      createdTopics: this.#created,
      removedTopics: this.#removed,
      changedPartitions: this.#partitions,
      changedConfigs: this.#configs,
      brokersChanged: this.#brokers,
      controllersChanged: this.#controllers,
      featuresChanged: this.#features,
      retainedChanged: this.#retained,
    };
    this.#created = new Map();
    this.#removed = new Map();
    this.#removedBlocks = new Map();
    this.#partitions = new Map();
    this.#configs = new Map();
    this.#brokers = this.#controllers = this.#features = this.#retained = false;
    return changes;
  }
}
