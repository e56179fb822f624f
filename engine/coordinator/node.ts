import type { Piscina } from 'piscina';
import { systemClock } from '../io/clock.ts';
import type { DirectoryLock } from '../io/directory-lock.ts';
import { probeBind, supportsReusePort } from '../io/net/bind-probe.ts';
import { SharedMetadataWriter } from '../metadata/columns/shared-metadata.ts';
import { shardCount } from '../metadata/config/broker-config.ts';
import type { ImageChanges } from '../metadata/image/states.ts';
import { hasControllerRegistration, metadataVersionFeature } from '../metadata/record-versions.ts';
import { ControllerRegistration } from '../node/controller-channel/controller-registration.ts';
import { brokerState } from '../node/metrics/node-cells.ts';
import { type MetricName, Metrics } from '../node/metrics.ts';
import type { ShardStats } from '../node/shard-stats.ts';
import { randomUuid } from '../protocol/uuid.ts';
import { BrokerSide } from './broker-side.ts';
import { type NodeDirectory, openDirectories, readCleanShutdown, removeCleanShutdown } from './log-directories.ts';
import { MetadataSide } from './metadata-side.ts';
import { NodeObserver } from './node-observer.ts';
import type { NodeOptions } from './node-options.ts';
import { registeredEndpoint, supportedFeatures } from './node-settings.ts';
import { ShardFailures } from './shard-failures.ts';
import { bootThreads } from './shard-pool.ts';

/** The third death of a shard within a minute ends the process. */
const defaultDeathsAllowed = 2;

/** One node: its part in the quorum, its part as a broker, and the order in which they start and stop. */
export class Node {
  readonly observer: NodeObserver;
  private readonly options: NodeOptions;
  private readonly shards: number;
  private readonly failures: ShardFailures;
  private readonly metadata: MetadataSide;
  /** Absent on a node that is a controller only. */
  private broker: BrokerSide | undefined;
  /** Of a node that is a controller only; a broker registers both. */
  private registration: ControllerRegistration | undefined;
  private directories: readonly NodeDirectory[] = [];
  private locks: readonly DirectoryLock[] = [];

  constructor(options: NodeOptions) {
    this.options = options;
    const { config, logger, metricsEntry } = options;
    this.shards = config.isBroker ? shardCount(config, navigator.hardwareConcurrency) : 0;
    this.failures = new ShardFailures({
      shards: this.shards,
      clock: systemClock,
      logger,
      deathsAllowed: options.shardDeathsAllowed ?? defaultDeathsAllowed,
      stuckAfterMs: config.values.number('broker.session.timeout.ms') / 2,
      config: config.values,
    });
    this.observer = new NodeObserver({ config, logger, metricsEntry, shards: this.shards, failures: this.failures });
    this.metadata = new MetadataSide({
      node: options,
      observer: this.observer.ofController,
      committed: (changes) => this.committed(changes),
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
    return this.broker?.threads.stats() ?? Promise.resolve([]);
  }

  async start(): Promise<void> {
    const { options, shards } = this;
    const threads = options.config.isBroker ? bootThreads(options, shards) : undefined;
    try {
      await this.startOn(threads);
    } catch (error) {
      // Once they have their tasks they end with the process.
      if (this.broker === undefined) await threads?.destroy();
      throw error;
    }
  }

  private async startOn(threads: Piscina | undefined): Promise<void> {
    const { options, metadata, shards, failures, observer } = this;
    const reusePort = await this.probeListeners();
    const opened = await openDirectories(options.config, systemClock, options.logger);
    this.directories = opened.directories;
    this.locks = opened.locks;
    const { directories } = this;
    await Promise.all(directories.map(readCleanShutdown));
    const addSegments = observer.addSegments.bind(observer);
    if (threads !== undefined) {
      const common = { node: options, metadata, shards, threads, failures };
      this.broker = new BrokerSide({ ...common, reusePort, directories, addSegments });
    }
    // They take up their tasks while the metadata is read.
    const threadsReady = this.broker?.threads.start();
    const mayListenLast = await this.openMetadata(opened.metadata);
    await threadsReady;
    await this.broker?.start();
    if (mayListenLast) await metadata.listen(observer.metrics);
    const noRows = new SharedMetadataWriter();
    observer.serve(metadata.clusterId, directories, () => this.broker?.describe() ?? noRows.describe());
  }

  /** Clean shutdown: connections are closed, logs flushed and closed, markers written. */
  async stop(): Promise<void> {
    const { broker, observer } = this;
    observer.enter(brokerState.leaving);
    await broker?.leave();
    observer.enter(brokerState.shuttingDown);
    await broker?.closeLogs();
    this.failures.close();
    this.registration?.close();
    await this.metadata.close();
    await broker?.close();
    await observer.close();
    await Promise.all(this.locks.map((lock) => lock.release()));
  }

  /** Whether the controller's listeners may wait until clients are served: nobody else is in the quorum. */
  private async openMetadata(directory: NodeDirectory): Promise<boolean> {
    const { metadata, broker, directories, observer } = this;
    const online = directories.map(({ disk }) => disk).filter((disk) => disk.isOnline());
    await metadata.open(online, directory.disk);
    await Promise.all(directories.map(removeCleanShutdown));
    if (broker === undefined) this.registration = this.createRegistration();
    else broker.attach();
    const { controller, raft, image } = metadata;
    const publishedOffset = (): number => broker?.publishedOffset ?? image.committed.offset;
    observer.watch({ controller, raft, image, publishedOffset });
    const { isAlone } = metadata;
    // Without the others there is no leader, and without a leader nothing here goes on.
    if (!isAlone) await metadata.listen(observer.metrics);
    await metadata.start();
    return isAlone;
  }

  /** The committed image moved. */
  private committed(changes: ImageChanges): void {
    const { broker, metadata, registration } = this;
    if (broker !== undefined) {
      broker.publish(changes);
      return;
    }
    metadata.published(changes.imageOffset);
    const { committed } = metadata.image;
    // A cluster of an older metadata.version has no such registrations.
    if (!hasControllerRegistration(committed.features.get(metadataVersionFeature) ?? 0)) return;
    registration?.imageChanged(committed.controllers.get(this.options.config.nodeId));
  }

  private createRegistration(): ControllerRegistration {
    const { config, logger } = this.options;
    return new ControllerRegistration({
      nodeId: config.nodeId,
      incarnationId: randomUuid(this.metadata.random),
      endpoints: config.advertisedControllerListeners.map(registeredEndpoint),
      features: supportedFeatures(),
      clock: systemClock,
      logger,
      ask: this.metadata.toController.ask,
    });
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
