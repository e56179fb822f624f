import { limits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import type { Controller } from '../controller/controller.ts';
import { sharedMs } from '../io/clock.ts';
import type { MetadataDescription, SegmentMessage } from '../metadata/columns/shared-metadata.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import type { MetadataImage } from '../metadata/image/metadata-image.ts';
import { resourceType } from '../metadata/image/states.ts';
import { CommitTimes } from '../node/metrics/commit-times.ts';
import { brokerState, NodeCells } from '../node/metrics/node-cells.ts';
import { Metrics } from '../node/metrics.ts';
import type { RaftDriver } from '../node/quorum/raft-driver.ts';
import type { NodeDirectory } from './log-directories.ts';
import { MetricsService } from './metrics-service.ts';
import type { ShardFailures } from './shard-failures.ts';
import { millraceVersion } from './version.ts';

export interface NodeObserverOptions {
  readonly config: BrokerConfig;
  readonly shards: number;
  readonly failures: ShardFailures;
  readonly logger: Logger;
  /** Module of the thread that serves metrics; without it they are only counted. */
  readonly metricsEntry: URL | undefined;
}

/** What is looked at a few times a second. */
export interface ObservedParts {
  readonly controller: Controller;
  readonly raft: RaftDriver;
  readonly image: MetadataImage;
  readonly publishedOffset: () => number;
}

/** Says in shared memory how the node is, and keeps the thread that tells it to others. */
export class NodeObserver {
  /** Counters of the coordinator thread. */
  readonly metrics: Metrics;
  state: number = brokerState.starting;
  private readonly options: NodeObserverOptions;
  private readonly cells: NodeCells;
  private readonly cellsBuffer: SharedArrayBuffer;
  private readonly metricsBuffer = Metrics.allocate(0);
  private readonly commitTimes: CommitTimes;
  private parts: ObservedParts | undefined;
  private timer: NodeJS.Timeout | undefined;
  private service: MetricsService | undefined;

  constructor(options: NodeObserverOptions) {
    this.options = options;
    this.cellsBuffer = NodeCells.allocate(options.shards);
    this.cells = new NodeCells(this.cellsBuffer);
    this.metrics = new Metrics(this.metricsBuffer);
    this.metrics.listeners = listenersOf(options.config);
    this.commitTimes = new CommitTimes(sharedMs, (ms) => this.metrics.countCommit(ms));
  }

  /** Where metrics are served, once they are. */
  get port(): number | undefined {
    return this.service?.port;
  }

  /** What the controller tells of its work. */
  get ofController(): NonNullable<ConstructorParameters<typeof Controller>[0]['observer']> {
    return {
      answered: (apiKey, response) => this.metrics.countErrorsIn(apiKey, response),
      appended: (endOffset) => this.commitTimes.appended(endOffset),
      committed: (highWatermark) => this.commitTimes.committed(highWatermark),
      resigned: () => this.commitTimes.resigned(),
    };
  }

  watch(parts: ObservedParts): void {
    this.parts = parts;
    this.timer = setInterval(() => this.look(), limits.pulseIntervalMs);
    this.timer.unref();
  }

  /** The node serves: so do its metrics, from now on. */
  serve(clusterId: string, directories: readonly NodeDirectory[], metadata: () => MetadataDescription): void {
    this.state = brokerState.running;
    this.look();
    const { config, shards, failures, logger, metricsEntry } = this.options;
    const listener = config.metricsListener;
    if (listener === null || metricsEntry === undefined) return;
    const common = {
      host: listener.host,
      port: listener.port,
      nodeId: config.nodeId,
      clusterId,
      version: millraceVersion(),
      shards,
      mostPartitions: config.values.number('millrace.metrics.partitions.max'),
      startedAtMs: Math.round(performance.timeOrigin),
      listeners: listenersOf(config),
      threads: [...failures.metrics, this.metricsBuffer],
      node: this.cellsBuffer,
      replicationRates: failures.replicationRates,
      directories: directories.map(({ path, stateWord, logsWord }) => ({ path, state: stateWord, logs: logsWord })),
    };
    const task = () => ({ ...common, metadata: metadata() });
    this.service = new MetricsService({ listener, entry: metricsEntry, logger, task });
    this.service.start();
  }

  /** Memory for more rows, before a row in it is named. */
  addSegments(segments: readonly SegmentMessage[]): void {
    this.service?.send({ kind: 'segments', segments });
  }

  /** The node begins to leave, or has left and closes. */
  enter(state: number): void {
    this.state = state;
    this.look();
    // What is looked at is being closed.
    if (state === brokerState.shuttingDown) clearInterval(this.timer);
  }

  async close(): Promise<void> {
    await this.service?.close();
  }

  private look(): void {
    const { cells, parts, options } = this;
    if (parts === undefined) return;
    const { raft, image, controller } = parts;
    const { nodeId } = options.config;
    const { committed } = image;
    let fenced = 0;
    for (const broker of committed.brokers.values()) if (broker.fenced) fenced += 1;
    cells.set('brokerState', this.state);
    cells.set('isFenced', committed.brokers.get(nodeId)?.fenced ?? true);
    cells.set('isActiveController', controller.isActive);
    cells.set('activeBrokers', committed.brokers.size - fenced);
    cells.set('fencedBrokers', fenced);
    cells.set('publishedOffset', parts.publishedOffset());
    cells.set('imageOffset', committed.offset);
    cells.set('imageTimestampMs', committed.timestampMs);
    cells.raftRole = raft.role;
    cells.set('raftLeader', raft.leaderId());
    cells.set('raftEpoch', raft.epoch());
    cells.set('raftHighWatermark', raft.highWatermark());
    cells.set('raftEndOffset', raft.endOffset());
    const quorum = raft.describeQuorum();
    cells.set('raftVoters', quorum?.voters.length ?? 0);
    cells.set('raftObservers', quorum?.observers.length ?? 0);
    cells.set('minInsyncReplicas', this.minInsyncReplicas(image));
    this.lookAtShards();
    cells.set('writtenAtMs', sharedMs());
  }

  private lookAtShards(): void {
    const { shards, failures } = this.options;
    for (let shard = 0; shard < shards; shard++) {
      const lateMs = failures.watch.silentMs(shard);
      this.cells.setOfShard(shard, 'isAlive', lateMs !== undefined);
      this.cells.setOfShard(shard, 'lateMs', lateMs ?? 0);
      this.cells.setOfShard(shard, 'deaths', failures.deathsOf(shard));
    }
  }

  /** Of topics that do not say otherwise, as it was set last. */
  private minInsyncReplicas({ committed }: MetadataImage): number {
    const key = 'min.insync.replicas';
    const { nodeId, values } = this.options.config;
    const dynamic =
      committed.configs(resourceType.broker, String(nodeId)).get(key) ??
      committed.configs(resourceType.broker, '').get(key);
    return dynamic === undefined ? values.number(key) : Number(dynamic);
  }
}

/** Names by which all threads count connections. */
function listenersOf(config: BrokerConfig): string[] {
  return config.listeners.map(({ listener }) => listener);
}
