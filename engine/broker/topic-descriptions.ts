import type { DirectoryId, NodeId, PartitionRow, TopicRow } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import type { PartitionTable } from '../metadata/columns/partition-table.ts';
import type { BrokerView, ClusterView, EndpointView } from '../metadata/delta.ts';
import { errorCode } from '../protocol/errors.ts';
import { directoryId } from '../protocol/uuid.ts';
import type { BrokerServices } from './services.ts';

/** Where a client that came by `listener` reaches a broker: by the listener of the same name. */
export function endpointOf(broker: BrokerView, listener: string): EndpointView | undefined {
  return broker.endpoints.find((endpoint) => endpoint.listener === listener);
}

/** Any broker that is up and that a client of the listener can reach: each takes what the controller decides to it. */
export function anyBroker(reachable: readonly NodeId[], random: Random): NodeId {
  return reachable.length === 0 ? -1 : reachable[random.below(reachable.length)]!;
}

/** Which brokers are up, and which of them a client can reach by the listener that it came by. */
export class Reachability {
  readonly alive = new Set<number>();
  readonly reachable = new Set<number>();
  /** What is said of a leader that is up and has no such listener. */
  readonly unreachableCode: number;
  private readonly logDirs = new Map<NodeId, readonly DirectoryId[]>();
  /** By what a partition's replicas and directories are called: most partitions share few lists. */
  private readonly offline = new Map<number, Map<number, readonly NodeId[]>>();

  constructor(cluster: ClusterView, listener: string, unreachableCode: number = errorCode.LISTENER_NOT_FOUND) {
    this.unreachableCode = unreachableCode;
    for (const broker of cluster.brokers) {
      if (broker.fenced) continue;
      this.alive.add(broker.id);
      this.logDirs.set(broker.id, broker.logDirs);
      if (endpointOf(broker, listener) !== undefined) this.reachable.add(broker.id);
    }
  }

  /** Replicas that the client can't reach, or whose log directory has failed. Reckoned within a turn. */
  offlineReplicas(row: PartitionRow, partitions: PartitionTable): readonly NodeId[] {
    const replicas = partitions.replicasRef(row);
    const directories = partitions.directoriesRef(row);
    let known = this.offline.get(replicas);
    if (known === undefined) {
      known = new Map();
      this.offline.set(replicas, known);
    }
    let offline = known.get(directories);
    if (offline === undefined) {
      const assigned = partitions.directories(row);
      offline = partitions.replicas(row).filter((id, index) => !this.isOnline(id, assigned[index]));
      known.set(directories, offline);
    }
    return offline;
  }

  private isOnline(id: NodeId, directory: DirectoryId | undefined): boolean {
    if (!this.reachable.has(id)) return false;
    if (directory === directoryId.lost) return false;
    if (directory === undefined || directory === directoryId.unassigned || directory === directoryId.migrating)
      return true;
    const online = this.logDirs.get(id) ?? [];
    return online.length === 0 || online.includes(directory);
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
  const { reachable } = reachability;
  const leader = partitions.leader(row);
  return {
    errorCode: leaderCode(leader, reachability),
    partitionIndex,
    leaderId: reachable.has(leader) ? leader : -1,
    leaderEpoch: partitions.leaderEpoch(row),
    replicaNodes: partitions.replicas(row),
    isrNodes: partitions.isr(row),
    offlineReplicas: reachability.offlineReplicas(row, partitions),
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
