import type { NodeId, Offset, PartitionRow, TopicId, TopicRow } from '../../base/brands.ts';
import { MetadataNeeds } from '../../metadata/columns/metadata-needs.ts';
import { shardOf, topicNameHashOfString } from '../../metadata/columns/placement.ts';
import type { SharedMetadataWriter } from '../../metadata/columns/shared-metadata.ts';
import type { RemovedPartition } from '../../metadata/delta.ts';
import type { MetadataImage } from '../../metadata/image/metadata-image.ts';
import type { PartitionBlock } from '../../metadata/image/partition-block.ts';
import type { PartitionState } from '../../metadata/image/partition-state.ts';
import { type ImageChanges, internalTopics, resourceType, type TopicState } from '../../metadata/image/states.ts';
import { encodeTopicConfig } from '../../metadata/topic-config-bytes.ts';

/** What a step of publishing means for one shard. */
export interface ShardRows {
  readonly lead: PartitionRow[];
  readonly altered: PartitionRow[];
  readonly follow: PartitionRow[];
  readonly remove: RemovedPartition[];
}

export interface WrittenRows {
  readonly shards: readonly ShardRows[];
  readonly topicConfigs: TopicRow[];
}

/** Writes the committed image into the shared columns: partition rows first, the topic row, which counts them, last. */
export class ColumnPublisher {
  readonly #image: MetadataImage;
  readonly #shared: SharedMetadataWriter;
  readonly #nodeId: NodeId;
  readonly #shardCount: number;
  /** Rows of the topics that are in the columns. */
  readonly #rows = new Map<TopicId, TopicRow>();

  constructor(image: MetadataImage, shared: SharedMetadataWriter, nodeId: NodeId, shardCount: number) {
    this.#image = image;
    this.#shared = shared;
    this.#nodeId = nodeId;
    this.#shardCount = shardCount;
  }

  /** The row of a published topic, -1 for none. */
  rowOf(id: TopicId): TopicRow {
    return this.#rows.get(id) ?? -1;
  }

  /** What `writeAll` will add. */
  needsOfAll(): MetadataNeeds {
    const needs = new MetadataNeeds();
    for (const topic of this.#image.committed.topics.values()) this.#addTopic(needs, topic);
    return needs;
  }

  /** What `write` will add. */
  needsOf(changes: ImageChanges): MetadataNeeds {
    const needs = new MetadataNeeds();
    for (const [id, indexes] of changes.changedPartitions) {
      const topic = this.#image.committed.topics.get(id);
      const block = this.#image.committed.partitions(id);
      if (topic === undefined) continue;
      const row = this.rowOf(id);
      if (row === -1) {
        this.#addTopic(needs, topic);
        continue;
      }
      const known = this.#shared.topics.partitionCountOf(row);
      const added = statesOf(block, known);
      if (added.length > 0) needs.addPartitions(known + added.length, added);
      for (const index of indexes) {
        const state = index < known ? block?.get(index) : undefined;
        if (state !== undefined) needs.addUpdate(state);
      }
    }
    for (const { type, name } of changes.changedConfigs.values()) {
      if (type === resourceType.topic) needs.addConfig(this.#configOf(name));
    }
    return needs;
  }

  /** Into empty columns. */
  writeAll(): void {
    for (const topic of this.#image.committed.topics.values()) this.#create(topic, null);
  }

  /** All rows that this node has replicas of, by shard. */
  allRows(): readonly ShardRows[] {
    const shards = this.#noRows();
    for (const [id, row] of this.#rows) {
      const topic = this.#image.committed.topics.get(id);
      const block = this.#image.committed.partitions(id);
      if (topic !== undefined && block !== undefined) this.#noteAll(topic, row, block, shards);
    }
    return shards;
  }

  write(changes: ImageChanges): WrittenRows {
    const shards = this.#noRows();
    const topicConfigs: TopicRow[] = [];
    // Removals first: a new topic of the same name must be found, not its predecessor.
    for (const { topic } of changes.removedTopics.values()) this.#remove(topic, changes.imageOffset, shards);
    for (const [id, topic] of changes.createdTopics) {
      // Gone again by the time its turn comes: the later step, which says so, finds nothing to remove.
      if (this.#image.committed.topics.has(id)) this.#create(topic, shards);
    }
    for (const [id, indexes] of changes.changedPartitions) {
      if (!changes.createdTopics.has(id)) this.#change(id, indexes, changes.imageOffset, shards);
    }
    for (const { type, name } of changes.changedConfigs.values()) {
      const topic = type === resourceType.topic ? this.#image.committed.topicByName(name) : undefined;
      const row = topic === undefined ? -1 : this.rowOf(topic.id);
      if (row === -1) continue;
      this.#shared.setConfig(row, this.#configOf(name), changes.imageOffset);
      topicConfigs.push(row);
    }
    return { shards, topicConfigs };
  }

  #addTopic(needs: MetadataNeeds, topic: TopicState): void {
    needs.addTopic(this.#rowState(topic), statesOf(this.#image.committed.partitions(topic.id), 0));
  }

  #rowState({ id, name }: TopicState): { id: TopicId; name: string; isInternal: boolean; config: Uint8Array } {
    return { id, name, isInternal: internalTopics.has(name), config: this.#configOf(name) };
  }

  #create(topic: TopicState, shards: readonly ShardRows[] | null): void {
    const block = this.#image.committed.partitions(topic.id);
    if (this.#rows.has(topic.id)) return;
    const states = statesOf(block, 0);
    const row = this.#shared.createTopic(this.#rowState(topic), states);
    this.#rows.set(topic.id, row);
    if (shards !== null && block !== undefined) this.#noteAll(topic, row, block, shards);
  }

  #remove(topic: TopicState, offset: Offset, shards: readonly ShardRows[]): void {
    const row = this.rowOf(topic.id);
    if (row === -1) return;
    const { topics, partitions } = this.#shared;
    const count = topics.partitionCountOf(row);
    for (let i = 0; i < count; i++) {
      const partitionRow = topics.partitionRow(row, i);
      if (!partitions.replicas(partitionRow).includes(this.#nodeId)) continue;
      const gone = { topic: topic.name, topicId: topic.id, partition: i, row: partitionRow, topicDeleted: true };
      shards[this.#shardOf(topic.name, i)].remove.push(gone);
    }
    this.#shared.removeTopic(row, offset);
    this.#rows.delete(topic.id);
  }

  #change(id: TopicId, indexes: ReadonlySet<number>, offset: Offset, shards: readonly ShardRows[]): void {
    const row = this.rowOf(id);
    const topic = this.#image.committed.topics.get(id);
    const block = this.#image.committed.partitions(id);
    if (row === -1 || topic === undefined || block === undefined) return;
    const known = this.#shared.topics.partitionCountOf(row);
    for (const index of indexes) {
      const state = index < known ? block.get(index) : undefined;
      if (state !== undefined) this.#update(topic, row, index, state, offset, shards);
    }
    if (block.count <= known) return;
    this.#shared.addPartitions(row, statesOf(block, known), offset);
    for (let i = known; i < block.count; i++) {
      this.#note(topic, this.#shared.topics.partitionRow(row, i), i, block, shards);
    }
  }

  #update(
    topic: TopicState,
    topicRow: TopicRow,
    index: number,
    state: PartitionState,
    offset: Offset,
    shards: readonly ShardRows[],
  ): void {
    const { partitions, topics } = this.#shared;
    const row = topics.partitionRow(topicRow, index);
    const led = partitions.leader(row) === this.#nodeId;
    const sameEpoch = partitions.leaderEpoch(row) === state.leaderEpoch;
    const hadReplica = partitions.replicas(row).includes(this.#nodeId);
    this.#shared.updatePartition(row, state, offset);
    const shard = shards[this.#shardOf(topic.name, index)];
    const leads = state.leader === this.#nodeId;
    if (state.replicas.includes(this.#nodeId)) {
      if (!leads) shard.follow.push(row);
      else (led && sameEpoch ? shard.altered : shard.lead).push(row);
    } else if (hadReplica) {
      shard.remove.push({ topic: topic.name, topicId: topic.id, partition: index, row, topicDeleted: false });
    }
  }

  #noteAll(topic: TopicState, row: TopicRow, block: PartitionBlock, shards: readonly ShardRows[]): void {
    const count = this.#shared.topics.partitionCountOf(row);
    for (let i = 0; i < count; i++) this.#note(topic, this.#shared.topics.partitionRow(row, i), i, block, shards);
  }

  #note(
    topic: TopicState,
    row: PartitionRow,
    index: number,
    block: PartitionBlock,
    shards: readonly ShardRows[],
  ): void {
    if (index >= block.count || !block.shape(index).replicas.includes(this.#nodeId)) return;
    const shard = shards[this.#shardOf(topic.name, index)];
    (block.leader(index) === this.#nodeId ? shard.lead : shard.follow).push(row);
  }

  #configOf(topicName: string): Uint8Array {
    return encodeTopicConfig(this.#image.committed.configs(resourceType.topic, topicName));
  }

  #shardOf(topicName: string, partition: number): number {
    return shardOf(topicNameHashOfString(topicName), partition, this.#shardCount);
  }

  #noRows(): ShardRows[] {
    return Array.from({ length: this.#shardCount }, () => ({ lead: [], altered: [], follow: [], remove: [] }));
  }
}

function statesOf(block: PartitionBlock | undefined, from: number): PartitionState[] {
  const states: PartitionState[] = [];
  if (block === undefined) return states;
  for (let i = from; i < block.count; i++) {
    const state = block.get(i);
    if (state !== undefined) states.push(state);
  }
  return states;
}
