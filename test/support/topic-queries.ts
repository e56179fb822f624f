/** What a shard's readers see of topics and partitions in the shared columns. */
import type { LeaderEpoch, NodeId, TopicId, TopicRow } from '#engine/base/brands.ts';
import type { SharedMetadata } from '#engine/metadata/columns/shared-metadata.ts';

/** A partition as Metadata and DescribeTopicPartitions show it, before what the caller's listener hides. */
export interface PartitionView {
  readonly partition: number;
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly elr: readonly NodeId[];
  readonly lastKnownElr: readonly NodeId[];
}

export interface TopicView {
  readonly row: TopicRow;
  readonly name: string;
  readonly id: TopicId;
  readonly isInternal: boolean;
  readonly partitionCount: number;
}

/** Names of all topics, sorted as Kafka sorts them: by code unit. */
function topicNames(shared: SharedMetadata): string[] {
  const names: string[] = [];
  shared.topics.forEachTopic((row) => names.push(shared.topics.nameOf(row)));
  return names.sort();
}

export function topicByName(shared: SharedMetadata, name: string): TopicView | null {
  return topicView(shared, shared.topics.findByNameString(name));
}

function topicView(shared: SharedMetadata, row: TopicRow): TopicView | null {
  if (row < 0 || !shared.topics.isLive(row)) return null;
  const { topics } = shared;
  return {
    row,
    name: topics.nameOf(row),
    id: topics.idOf(row),
    isInternal: topics.isInternal(row),
    partitionCount: topics.partitionCountOf(row),
  };
}

/** Null where the topic has no such partition. */
function partitionView(shared: SharedMetadata, topicRow: TopicRow, partition: number): PartitionView | null {
  const row = shared.topics.partitionRow(topicRow, partition);
  if (row < 0) return null;
  const { partitions } = shared;
  return {
    partition,
    leader: partitions.leader(row),
    leaderEpoch: partitions.leaderEpoch(row),
    replicas: partitions.replicas(row),
    isr: partitions.isr(row),
    elr: partitions.elr(row),
    lastKnownElr: partitions.lastKnownElr(row),
  };
}

/** Where a listing goes on (KIP-966): the first partition that it did not name. */
export interface TopicCursor {
  readonly topic: string;
  readonly partition: number;
}

export interface ListedTopic {
  readonly name: string;
  /** Null where there is no such topic. */
  readonly topic: TopicView | null;
  readonly partitions: readonly PartitionView[];
}

export interface TopicListing {
  readonly topics: readonly ListedTopic[];
  readonly next: TopicCursor | null;
}

/**
 * Topics in the order of their names, at most `limit` partitions in all. `names` empty: all topics. Names before the
 * cursor's are left out, and of its topic the partitions before the cursor's.
 */
export function listPartitions(
  shared: SharedMetadata,
  names: readonly string[],
  cursor: TopicCursor | null,
  limit: number,
): TopicListing {
  const sorted = names.length === 0 ? topicNames(shared) : [...new Set(names)].sort();
  const topics: ListedTopic[] = [];
  let room = limit;
  for (const name of sorted) {
    if (cursor !== null && name < cursor.topic) continue;
    if (room <= 0) return { topics, next: { topic: name, partition: 0 } };
    const topic = topicByName(shared, name);
    if (topic === null) {
      topics.push({ name, topic, partitions: [] });
      continue;
    }
    const first = cursor !== null && name === cursor.topic ? Math.max(0, cursor.partition) : 0;
    const end = Math.min(topic.partitionCount, first + room);
    const partitions: PartitionView[] = [];
    for (let i = first; i < end; i++) {
      const view = partitionView(shared, topic.row, i);
      if (view !== null) partitions.push(view);
    }
    topics.push({ name, topic, partitions });
    room -= partitions.length;
    if (end < topic.partitionCount) return { topics, next: { topic: name, partition: end } };
  }
  return { topics, next: null };
}
