/** What metrics are made of, for tests: a node of two shards that runs and has two log directories. */
import { MetadataNeeds } from '#engine/metadata/columns/metadata-needs.ts';
import type { PartitionState } from '#engine/metadata/columns/partition-writer.ts';
import { SharedMetadata, SharedMetadataWriter } from '#engine/metadata/columns/shared-metadata.ts';
import type { TopicState } from '#engine/metadata/columns/topic-writer.ts';
import { MetadataReader } from '#engine/node/metrics/metadata-reader.ts';
import type { MetricsSource } from '#engine/node/metrics/metrics-source.ts';
import { brokerState, NodeCells } from '#engine/node/metrics/node-cells.ts';
import { Recent } from '#engine/node/metrics/recent.ts';
import { Metrics } from '#engine/node/metrics.ts';

export interface MetricsFixture {
  readonly source: MetricsSource;
  readonly node: NodeCells;
  /** Of the shards, then of the coordinator. */
  readonly threads: readonly Metrics[];
  /** Paths of directories that are offline. */
  readonly offline: Set<string>;
  readonly writer: SharedMetadataWriter;
  createTopic(topic: TopicState, partitions: readonly PartitionState[]): number;
}

export function metricsSource({ sharedMs }: { readonly sharedMs: number }): MetricsFixture {
  const shards = 2;
  const writer = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 16_384, topicBuckets: 4 });
  const metadata = new SharedMetadata(writer.describe());
  const node = new NodeCells(NodeCells.allocate(shards));
  node.set('writtenAtMs', sharedMs);
  node.set('brokerState', brokerState.running);
  node.set('raftLeader', 1);
  node.raftRole = 'leader';
  node.set('minInsyncReplicas', 1);
  for (let shard = 0; shard < shards; shard++) node.setOfShard(shard, 'isAlive', true);
  const { topics } = metadata;
  const isCurrent = (row: number, generation: number): boolean =>
    topics.isLive(row) && topics.generationOf(row) === generation;
  const threads = Array.from({ length: shards + 1 }, () => new Metrics(Metrics.allocate(8), isCurrent));
  const offline = new Set<string>();
  const source: MetricsSource = {
    nodeId: 1,
    clusterId: 'cluster',
    version: '0',
    shards,
    threads: threads.map(({ cells }) => cells),
    listeners: ['PLAINTEXT', 'CONTROLLER'],
    node,
    metadata,
    reader: new MetadataReader(metadata, 1),
    recent: new Recent(),
    throttled: { leader: () => 7, follower: () => 8 },
    directories: ['/a', '/b'].map((path) => ({ path, isOnline: () => !offline.has(path), logs: () => 3 })),
    mostPartitions: 2,
  };
  for (const thread of threads) thread.listeners = source.listeners;
  const createTopic = (topic: TopicState, partitions: readonly PartitionState[]): number => {
    const needs = new MetadataNeeds();
    needs.addTopic(topic, partitions);
    for (const segment of writer.reserve(needs)) metadata.addSegment(segment);
    return writer.createTopic(topic, partitions);
  };
  return { source, node, threads, offline, writer, createTopic };
}
