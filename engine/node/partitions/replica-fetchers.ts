import type { NodeId, Offset, PartitionRow } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import { limits, rpcLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import type { ClusterView } from '../../metadata/delta.ts';
import { Fetcher, type FetcherSettings, type LeaderConnection } from '../../replica/fetcher.ts';
import { FollowedPartition } from '../../replica/follower.ts';
import type { ReplicationQuota } from '../../replica/host.ts';
import type { Partition } from '../../replica/partition.ts';
import type { Followers } from '../../replica/shard-replicas.ts';
import { RpcClient } from '../rpc/rpc-client.ts';

/** Makes a connection; where it cannot be made, `events.closed` is called and `connected` never is. */
export type Connect = (host: string, port: number, events: TransportEvents, connected: () => void) => Transport;

export interface ReplicaFetchersOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly checksum: Checksum;
  readonly connect: Connect;
  /** The listener by which brokers talk to each other. */
  readonly listener: string;
  cluster(): ClusterView;
  /** Of this broker's registration; -1 where it has none. */
  brokerEpoch(): Offset;
  settings(): FetcherSettings;
  readonly quota: ReplicationQuota;
  /** Fetchers of this thread for one leader. */
  fetchersPerLeader(): number;
}

interface Following {
  readonly leader: NodeId;
  readonly leaderEpoch: number;
  readonly partition: Partition;
  /** Undefined: nobody leads. */
  readonly fetcherKey: string | undefined;
}

/** Room for what surrounds the records in an answer. */
const answerOverheadBytes = 1024 * 1024;

/** The fetchers of one shard: some for each broker that leads partitions which are followed here. */
export class ReplicaFetchers implements Followers {
  private readonly options: ReplicaFetchersOptions;
  private readonly fetchers = new Map<string, Fetcher>();
  private readonly following = new Map<PartitionRow, Following>();
  private readonly changed = new Set<string>();
  private isPokePlanned = false;
  private isClosed = false;

  constructor(options: ReplicaFetchersOptions) {
    this.options = options;
  }

  /** Partitions that are followed. */
  get size(): number {
    return this.following.size;
  }

  /** Committed records that are missing where most are. */
  maxLag(): number {
    let most = 0;
    for (const { partition } of this.following.values()) most = Math.max(most, partition.leaderLag);
    return most;
  }

  follow(partition: Partition, leader: NodeId): void {
    const { row } = partition.identity;
    const { leaderEpoch } = partition;
    const known = this.following.get(row);
    const isSame = known?.partition === partition && known.leader === leader && known.leaderEpoch === leaderEpoch;
    if (isSame || this.isClosed) return;
    this.remove(row);
    const index = partition.identity.partition % this.options.fetchersPerLeader();
    const fetcherKey = leader < 0 ? undefined : `${leader}/${index}`;
    const following = { leader, leaderEpoch, partition, fetcherKey };
    this.following.set(row, following);
    if (fetcherKey === undefined) return;
    const { topicId, topic, partition: number } = partition.identity;
    const log = new FollowedPartition(partition, leaderEpoch, this.options.checksum);
    log.begin(() => {
      if (this.isClosed || this.following.get(row) !== following) return;
      this.fetcherOf(fetcherKey, leader).add({ row, topicId, topic, partition: number, leaderEpoch, log });
      this.poke(fetcherKey);
    });
  }

  remove(row: PartitionRow): void {
    const key = this.following.get(row)?.fetcherKey;
    this.following.delete(row);
    if (key === undefined) return;
    this.fetchers.get(key)?.remove(row);
    this.poke(key);
  }

  close(): void {
    this.isClosed = true;
    for (const fetcher of this.fetchers.values()) fetcher.close();
    this.fetchers.clear();
    this.following.clear();
  }

  /** Once for all that an image changed. */
  private poke(key: string): void {
    this.changed.add(key);
    if (this.isPokePlanned) return;
    this.isPokePlanned = true;
    this.options.clock.schedule(0, () => {
      this.isPokePlanned = false;
      const keys = [...this.changed];
      this.changed.clear();
      for (const each of keys) this.pokeOne(each);
    });
  }

  private pokeOne(key: string): void {
    const fetcher = this.fetchers.get(key);
    if (fetcher === undefined) return;
    if (fetcher.size > 0) {
      fetcher.changed();
      return;
    }
    fetcher.close();
    this.fetchers.delete(key);
  }

  private fetcherOf(key: string, leader: NodeId): Fetcher {
    const known = this.fetchers.get(key);
    if (known !== undefined) return known;
    const { nodeId, clock, logger, settings, brokerEpoch, quota } = this.options;
    const made = new Fetcher({
      nodeId,
      leader,
      clock,
      logger,
      settings,
      brokerEpoch,
      quota,
      connection: new BrokerConnection(this.options, leader),
    });
    this.fetchers.set(key, made);
    return made;
  }
}

/** The way to one broker, wherever the last image says that it is. */
class BrokerConnection implements LeaderConnection {
  private readonly options: ReplicaFetchersOptions;
  private readonly leader: NodeId;
  private client: RpcClient | undefined;
  private address = '';

  constructor(options: ReplicaFetchersOptions, leader: NodeId) {
    this.options = options;
    this.leader = leader;
  }

  send(
    apiKey: number,
    version: number,
    body: Uint8Array,
    timeoutMs: number,
    answered: (answer: Uint8Array | null) => void,
  ): void {
    const { cluster, listener, clock, connect, nodeId } = this.options;
    const broker = cluster().brokers.find(({ id }) => id === this.leader);
    const endpoint = broker?.endpoints.find((each) => each.listener === listener);
    if (endpoint === undefined) {
      clock.schedule(0, () => answered(null));
      return;
    }
    const { host, port } = endpoint;
    const address = `${host}:${port}`;
    if (address !== this.address) this.interrupt();
    this.address = address;
    this.client ??= new RpcClient({
      connect: (events, connected) => connect(host, port, events, connected),
      clock,
      clientId: `broker-${nodeId}-fetcher`,
      maxResponseBytes: limits.oversizeBytes + answerOverheadBytes,
      // The next request is sent when all that the answer brought has been written.
      keptAnswerBytes: rpcLimits.keptAnswerBytes,
    });
    this.client.send(apiKey, version, body, timeoutMs, answered);
  }

  interrupt(): void {
    this.client?.close();
    this.client = undefined;
  }
}
