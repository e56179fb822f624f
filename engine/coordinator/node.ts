import { systemClock } from '../io/clock.ts';
import type { DirectoryLock } from '../io/directory-lock.ts';
import { probeBind, supportsReusePort } from '../io/net/bind-probe.ts';
import { shardCount } from '../metadata/config/broker-config.ts';
import { brokerState } from '../node/metrics/node-cells.ts';
import { type MetricName, Metrics } from '../node/metrics.ts';
import type { ShardStats } from '../node/shard-stats.ts';
import { BrokerSide } from './broker-side.ts';
import { type NodeDirectory, openDirectories, readCleanShutdown, removeCleanShutdown } from './log-directories.ts';
import { MetadataSide } from './metadata-side.ts';
import { NodeObserver } from './node-observer.ts';
import type { NodeOptions } from './node-options.ts';
import { ShardFailures } from './shard-failures.ts';

/** The third death of a shard within a minute ends the process. */
const defaultDeathsAllowed = 2;

/** One node: its part in the quorum, its part as a broker, and the order in which they start and stop. */
export class Node {
  readonly observer: NodeObserver;
  private readonly options: NodeOptions;
  private readonly shards: number;
  private readonly failures: ShardFailures;
  private readonly metadata: MetadataSide;
  private broker!: BrokerSide;
  private directories: readonly NodeDirectory[] = [];
  private locks: readonly DirectoryLock[] = [];

  constructor(options: NodeOptions) {
    this.options = options;
    const { config, logger, metricsEntry } = options;
    this.shards = shardCount(config, navigator.hardwareConcurrency);
    this.failures = new ShardFailures({
      shards: this.shards,
      clock: systemClock,
      logger,
      deathsAllowed: options.shardDeathsAllowed ?? defaultDeathsAllowed,
      stuckAfterMs: config.values.number('broker.session.timeout.ms') / 2,
      countedTopics: config.values.number('millrace.metrics.topics.max'),
    });
    this.observer = new NodeObserver({ config, logger, metricsEntry, shards: this.shards, failures: this.failures });
    this.metadata = new MetadataSide({
      node: options,
      observer: this.observer.ofController,
      committed: (changes) => this.broker.publish(changes),
    });
  }

  /** Counters of all shards, added up, and how connections were spread over them. */
  counters(): Record<MetricName, number> & { readonly connectionsByShard: readonly number[] } {
    const connectionsByShard = this.failures.metrics.map((cells) => Metrics.total([cells]).acceptedConnections);
    return { ...Metrics.total(this.failures.metrics), connectionsByShard };
  }

  /** What a person asks first; known once the node has started. */
  get facts(): { clusterId: string; shards: number; directories: readonly NodeDirectory[] } {
    return { clusterId: this.metadata.clusterId, shards: this.shards, directories: this.directories };
  }

  /** What each shard holds and waits for. */
  stats(): Promise<ShardStats[]> {
    return this.broker.threads.stats();
  }

  async start(): Promise<void> {
    const { options, metadata, shards, failures, observer } = this;
    const reusePort = await this.probeListeners();
    const opened = await openDirectories(options.config, systemClock, options.logger);
    this.directories = opened.directories;
    this.locks = opened.locks;
    const { directories } = this;
    await Promise.all(directories.map(readCleanShutdown));
    const addSegments = observer.addSegments.bind(observer);
    const broker = new BrokerSide({ node: options, metadata, shards, failures, reusePort, directories, addSegments });
    this.broker = broker;
    // The threads boot while the metadata is read.
    const threadsReady = broker.threads.start();
    await this.openMetadata(opened.metadata);
    await threadsReady;
    await broker.start();
    if (metadata.isAlone) await metadata.listen(observer.metrics);
    observer.serve(metadata.clusterId, directories, () => broker.describe());
  }

  /** Clean shutdown: connections are closed, logs flushed and closed, markers written. */
  async stop(): Promise<void> {
    this.observer.enter(brokerState.leaving);
    await this.broker.leave();
    this.observer.enter(brokerState.shuttingDown);
    await this.broker.closeLogs();
    this.failures.close();
    await this.metadata.close();
    await this.broker.close();
    await this.observer.close();
    await Promise.all(this.locks.map((lock) => lock.release()));
  }

  private async openMetadata(directory: NodeDirectory): Promise<void> {
    const { metadata, broker, directories } = this;
    const online = directories.map(({ disk }) => disk).filter((disk) => disk.isOnline());
    await metadata.open(online, directory.disk);
    await Promise.all(directories.map(removeCleanShutdown));
    broker.attach();
    const { controller, raft, image } = metadata;
    this.observer.watch({ controller, raft, image, publishedOffset: () => broker.publishedOffset });
    // Without the others there is no leader, and without a leader nothing here goes on.
    if (!metadata.isAlone) await metadata.listen(this.observer.metrics);
    await metadata.start();
  }

  /** Whether several threads can listen on one port. Rejects where a listener is somebody else's. */
  private async probeListeners(): Promise<boolean> {
    const reusePort = await supportsReusePort();
    const { brokerListeners, controllerListeners } = this.options.config;
    for (const { host, port } of [...brokerListeners, ...controllerListeners]) await probeBind(host, port);
    const metrics = this.options.config.metricsListener;
    if (metrics?.isDefault === false && this.options.metricsEntry !== undefined) {
      await probeBind(metrics.host, metrics.port);
    }
    return reusePort;
  }
}
