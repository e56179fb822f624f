import type { NodeId } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { ClusterView } from '../../metadata/delta.ts';
import { brokerEpochOf } from '../../metadata/queries/broker-epoch.ts';
import { rackHash } from '../../metadata/queries/rack-hash.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import type { ReplicationHost } from '../../replica/host.ts';
import { IsrChanges } from '../../replica/isr-changes.ts';
import type { BrokerStates } from '../../replica/leadership.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';
import type { Forwarder } from '../controller-channel/forwarder.ts';
import type { Metrics } from '../metrics.ts';
import type { ShardConfig } from '../shard-config.ts';
import type { ShardEnvironment, ShardStart } from '../shard-start.ts';
import { ReplicaFetchers } from './replica-fetchers.ts';
import { NodeQuota } from './replication-quotas.ts';

export interface ReplicationParts {
  readonly start: ShardStart;
  readonly environment: ShardEnvironment;
  readonly config: ShardConfig;
  readonly metrics: Metrics;
  forwarder(): Forwarder;
  cluster(): ClusterView;
}

/** The registrations of brokers as leaders look at them: with every fetch of a follower. */
class ClusterBrokers implements BrokerStates {
  private readonly cluster: () => ClusterView;
  private seen: ClusterView['brokers'] | undefined;
  private active = new Map<NodeId, number>();
  private alive = new Set<NodeId>();
  private racks = new Map<NodeId, number>();

  constructor(cluster: () => ClusterView) {
    this.cluster = cluster;
  }

  activeEpoch(id: NodeId): number | undefined {
    this.look();
    return this.active.get(id);
  }

  isAlive(id: NodeId): boolean {
    this.look();
    return this.alive.has(id);
  }

  rackOf(id: NodeId): number {
    this.look();
    return this.racks.get(id) ?? 0;
  }

  private look(): void {
    const { brokers } = this.cluster();
    if (brokers !== this.seen) {
      this.seen = brokers;
      const able = brokers.filter(({ fenced, inControlledShutdown }) => !fenced && !inControlledShutdown);
      this.active = new Map(able.map((broker) => [broker.id, broker.epoch]));
      this.alive = new Set(brokers.filter(({ fenced }) => !fenced).map(({ id }) => id));
      this.racks = new Map(brokers.map(({ id, rack }) => [id, rackHash(rack)]));
    }
  }
}

/** What a shard's partitions need of the cluster: fetchers, and a way to have their ISRs changed. */
export class ShardReplication {
  readonly host: ReplicationHost;
  readonly fetchers: ReplicaFetchers | undefined;
  private readonly config: ShardConfig;
  private readonly clock: Clock;
  private nextShrinkMs = 0;

  constructor(parts: ReplicationParts) {
    const { start, environment, config, metrics, cluster } = parts;
    const { nodeId, shards } = start;
    const { clock, logger, checksum, connect } = environment;
    this.config = config;
    this.clock = clock;
    const lagTimeMaxMs = (): number => config.number('replica.lag.time.max.ms');
    const brokerEpoch = (): number => brokerEpochOf(cluster(), nodeId);
    const changes = new IsrChanges({
      nodeId,
      clock,
      brokerEpoch,
      send: (version, body, answered) => parts.forwarder().sendOwn(apiKey.AlterPartition, version, body, answered),
    });
    const { leader, follower } = start.replicationRates;
    const quota = (rate: typeof leader, key: string): NodeQuota =>
      new NodeQuota(rate, start.memory.mesh.self, environment.sharedMs, () => config.number(key));
    const followerQuota = quota(follower, 'follower.replication.throttled.rate');
    this.host = {
      nodeId,
      brokers: new ClusterBrokers(cluster),
      leaderQuota: quota(leader, 'leader.replication.throttled.rate'),
      followerQuota,
      lagTimeMaxMs,
      alterPartition: (current, done) => changes.ask(current, done),
      countCopied: (bytes) => metrics.add('copiedBytes', bytes),
      countIsrChange: (what) => metrics.add(isrCounter[what], 1),
    };
    this.fetchers =
      connect === undefined
        ? undefined
        : new ReplicaFetchers({
            nodeId,
            clock,
            logger,
            checksum,
            connect,
            listener: config.fixed.interBrokerListenerName,
            cluster,
            brokerEpoch,
            settings: () => fetcherSettings(config),
            quota: followerQuota,
            fetchersPerLeader: () => Math.max(1, Math.ceil(config.number('num.replica.fetchers') / shards)),
          });
  }

  /** Takes those out of ISRs who are behind for too long. */
  tick(replicas: ShardReplicas): void {
    const nowMs = this.clock.monotonicMs();
    if (nowMs < this.nextShrinkMs) return;
    this.nextShrinkMs = nowMs + this.config.number('replica.lag.time.max.ms') / 2;
    for (const partition of replicas.live()) partition.shrinkIsr();
  }
}

const isrCounter = { shrinks: 'isrShrinks', expands: 'isrExpands', failedUpdates: 'failedIsrUpdates' } as const;

function fetcherSettings(config: ShardConfig) {
  return {
    maxWaitMs: config.number('replica.fetch.wait.max.ms'),
    minBytes: config.number('replica.fetch.min.bytes'),
    maxBytes: config.number('replica.fetch.response.max.bytes'),
    partitionMaxBytes: config.number('replica.fetch.max.bytes'),
    backoffMs: config.number('replica.fetch.backoff.ms'),
    timeoutMs: config.number('replica.socket.timeout.ms'),
  };
}
