import type { PartitionRow, TopicRow } from '../base/brands.ts';
import type { PartitionTable } from '../metadata/columns/partition-table.ts';
import type { BrokerView, ClusterView, EndpointView } from '../metadata/delta.ts';
import { errorCode } from '../protocol/errors.ts';
import type { BrokerServices } from './services.ts';

/** Where a client that came by `listener` reaches a broker: by the listener of the same name. */
export function endpointOf(broker: BrokerView, listener: string): EndpointView | undefined {
  return broker.endpoints.find((endpoint) => endpoint.listener === listener);
}

/** Which brokers are up, and which of them a client can reach by the listener that it came by. */
export class Reachability {
  readonly alive = new Set<number>();
  readonly reachable = new Set<number>();
  /** What is said of a leader that is up and has no such listener. */
  readonly unreachableCode: number;

  constructor(cluster: ClusterView, listener: string, unreachableCode: number = errorCode.LISTENER_NOT_FOUND) {
    this.unreachableCode = unreachableCode;
    for (const broker of cluster.brokers) {
      if (broker.fenced) continue;
      this.alive.add(broker.id);
      if (endpointOf(broker, listener) !== undefined) this.reachable.add(broker.id);
    }
  }
}

/** A partition as Metadata and DescribeTopicPartitions tell clients of it. */
export interface PartitionDescription {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas: readonly number[];
}

/** Describes a partition from its row of the shared table. */
export function describePartition(
  row: PartitionRow,
  partitionIndex: number,
  reachability: Reachability,
  partitions: PartitionTable,
): PartitionDescription {
  const { alive, reachable } = reachability;
  const leader = partitions.leader(row);
  const replicaNodes = partitions.replicas(row);
  return {
    errorCode: leaderCode(leader, reachability),
    partitionIndex,
    leaderId: reachable.has(leader) ? leader : -1,
    leaderEpoch: partitions.leaderEpoch(row),
    replicaNodes,
    isrNodes: partitions.isr(row),
    offlineReplicas: replicaNodes.filter((id) => !alive.has(id)),
  };
}

/** All partitions of a topic. */
export function describePartitions(
  topicRow: TopicRow,
  reachability: Reachability,
  services: BrokerServices,
): PartitionDescription[] {
  const { topics, partitions } = services;
  const described: PartitionDescription[] = [];
  const count = topics.partitionCountOf(topicRow);
  for (let partition = 0; partition < count; partition++) {
    const row = topics.partitionRow(topicRow, partition);
    if (row >= 0) described.push(describePartition(row, partition, reachability, partitions));
  }
  return described;
}

function leaderCode(leader: number, { alive, reachable, unreachableCode }: Reachability): number {
  if (!alive.has(leader)) return errorCode.LEADER_NOT_AVAILABLE;
  return reachable.has(leader) ? errorCode.NONE : unreachableCode;
}
