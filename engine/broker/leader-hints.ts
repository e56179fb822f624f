import type { NodeId, PartitionRow, TopicId } from '../base/brands.ts';
import { partitionColumn, rowWords } from '../metadata/columns/layout.ts';
import type { NodeEndpoint } from '../protocol/views/produce-response-writer.ts';
import type { BrokerServices } from './services.ts';
import { endpointOf } from './topic-descriptions.ts';

/** Who leads a partition; -1 where nobody does, or nothing is known. */
export interface KnownLeader {
  readonly id: number;
  readonly epoch: number;
}

const words = new Int32Array(rowWords);
const unknown: KnownLeader = { id: -1, epoch: -1 };

/**
 * Where leaders are now, for an answer to a client that asked somebody else (KIP-951): who leads with each partition, and
 * once for the whole answer how those are reached by the listener that the client came by.
 */
export class LeaderHints {
  /** Of the leaders told so far that are up. */
  readonly endpoints: NodeEndpoint[] = [];
  private readonly services: BrokerServices;
  private readonly listener: string;

  constructor(services: BrokerServices, listener: string) {
    this.services = services;
    this.listener = listener;
  }

  leaderOf(row: PartitionRow, topicGeneration: number): KnownLeader {
    const isCurrent = this.services.partitions.read(row, words) && words[partitionColumn.live] === 1;
    if (!isCurrent || words[partitionColumn.topicGeneration] !== topicGeneration) return unknown;
    const leader = { id: words[partitionColumn.leader]!, epoch: words[partitionColumn.leaderEpoch]! };
    this.tellEndpoint(leader.id);
    return leader;
  }

  leaderOfId(topicId: TopicId, partition: number): KnownLeader {
    const { topics } = this.services;
    const topicRow = topics.findByIdUuid(topicId);
    const row = topicRow < 0 ? -1 : topics.partitionRow(topicRow, partition);
    return row < 0 ? unknown : this.leaderOf(row, topics.generationOf(topicRow));
  }

  private tellEndpoint(leader: NodeId): void {
    if (this.endpoints.some(({ nodeId }) => nodeId === leader)) return;
    const broker = this.services.cluster().brokers.find(({ id, fenced }) => id === leader && !fenced);
    const endpoint = broker === undefined ? undefined : endpointOf(broker, this.listener);
    if (broker === undefined || endpoint === undefined) return;
    this.endpoints.push({ nodeId: broker.id, host: endpoint.host, port: endpoint.port, rack: broker.rack });
  }
}
