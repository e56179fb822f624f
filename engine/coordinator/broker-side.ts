import { setImmediate } from 'node:timers';
import type { Piscina } from 'piscina';
import type { DirectoryId, Offset, Uuid } from '../base/brands.ts';
import { systemClock } from '../io/clock.ts';
import { randomHex } from '../io/random.ts';
import { assignedDirectoryIndex } from '../metadata/columns/assigned-directory.ts';
import {
  type MetadataDescription,
  type SegmentMessage,
  SharedMetadata,
  SharedMetadataWriter,
} from '../metadata/columns/shared-metadata.ts';
import type { ImageChanges } from '../metadata/image/states.ts';
import { hasControllerRegistration, metadataVersionFeature } from '../metadata/record-versions.ts';
import { BrokerRegistration } from '../node/controller-channel/broker-registration.ts';
import { ControllerRegistration } from '../node/controller-channel/controller-registration.ts';
import { DirectoryAssignments } from '../node/controller-channel/directory-assignments.ts';
import { Publisher } from '../node/publisher/publisher.ts';
import { randomUuid } from '../protocol/uuid.ts';
import { CoordinatorThread } from './coordinator-thread.ts';
import { LogCheckpoints } from './log-checkpoints.ts';
import { markCleanShutdown, type NodeDirectory, previousBrokerEpoch } from './log-directories.ts';
import { LogFinder } from './log-finder.ts';
import type { MetadataSide } from './metadata-side.ts';
import { Milestones } from './milestones.ts';
import type { NodeOptions } from './node-options.ts';
import { cordonedDirectories, registeredEndpoint, supportedFeatures } from './node-settings.ts';
import type { ShardFailures } from './shard-failures.ts';
import { ShardThreads } from './shard-threads.ts';
import { StaleCheckpoints } from './stale-checkpoints.ts';

/** How long the controller may take to let this broker go before it goes anyway. */
const leaveTimeoutMs = 5000;

export interface BrokerSideOptions {
  readonly node: NodeOptions;
  readonly metadata: MetadataSide;
  readonly shards: number;
  readonly threads: Piscina;
  readonly failures: ShardFailures;
  readonly reusePort: boolean;
  readonly directories: readonly NodeDirectory[];
  /** Memory for more rows, before a row in it is named. */
  addSegments(segments: readonly SegmentMessage[]): void;
}

/** The node as a broker: shards and what is published to them, log directories, registration with the controller. */
export class BrokerSide {
  readonly threads: ShardThreads;
  private readonly options: BrokerSideOptions;
  private readonly shared = new SharedMetadataWriter();
  private readonly milestones = new Milestones();
  private readonly stale = new StaleCheckpoints(async (topics) => this.checkpoints?.write(undefined, topics));
  private publisher!: Publisher;
  private thread!: CoordinatorThread;
  private registration!: BrokerRegistration;
  /** Of a node that is both. */
  private controller: ControllerRegistration | undefined;
  private checkpoints: LogCheckpoints | undefined;
  private columns: SharedMetadata | undefined;
  private assignments: DirectoryAssignments | undefined;
  private isPublishing = false;

  constructor(options: BrokerSideOptions) {
    this.options = options;
    const { node, metadata, shards, threads, failures, reusePort, directories } = options;
    this.threads = new ShardThreads({
      node,
      shards,
      threads,
      failures,
      reusePort,
      directories,
      metadata: () => this.shared.describe(),
      clusterId: () => (metadata.storage === undefined ? '' : metadata.clusterId),
      directoryIds: () => this.directoryIds,
      writeCheckpoints: async (which) => this.checkpoints?.write(which === 'all' ? undefined : ['logStartOffset']),
      segmentsAdded: (shard, number) => this.publisher.acknowledgeSegments(shard, number),
      deltaApplied: (shard, imageOffset) => this.publisher.acknowledge(shard, imageOffset),
      restarted: (shard, link) => {
        this.thread.renewLink(link);
        this.publisher.shardRestarted(shard);
      },
    });
  }

  /** What of the metadata readers share. */
  describe(): MetadataDescription {
    return this.shared.describe();
  }

  /** Image offset that all shards have acted on, -1 for none. */
  get publishedOffset(): Offset {
    return this.publisher.publishedOffset;
  }

  /** The metadata log is open, and not yet started. */
  attach(): void {
    const { metadata, shards } = this.options;
    const { config, codec, fatal } = this.options.node;
    this.publisher = new Publisher({
      image: metadata.image,
      shared: this.shared,
      nodeId: config.nodeId,
      clusterId: metadata.clusterId,
      shards,
      kraftVersion: () => metadata.raft.kraftVersion,
      send: (shard, message) => {
        if (message.kind === 'segments' && shard === 0) this.addSegments(message.segments);
        this.threads.send(shard, message);
      },
      mayPublish: (changes, resume) => this.stale.mayPublish(changes, resume),
      published: (offset) => {
        metadata.published(offset);
        const { committed } = metadata.image;
        const metadataVersion = committed.features.get(metadataVersionFeature) ?? 0;
        const isAfter = this.registration.imageChanged(committed.brokers.get(config.nodeId), metadataVersion);
        // When it registered, the cluster may have been of a metadata.version that has no controllers in it.
        if (isAfter && hasControllerRegistration(metadataVersion)) {
          this.controller?.imageChanged(committed.controllers.get(config.nodeId));
        }
        this.milestones.note('published');
      },
    });
    this.thread = new CoordinatorThread({
      memory: this.threads.coordinatorMemory,
      codec,
      toController: metadata.toController,
      defer: setImmediate,
      fatal: (error) => fatal('the coordinator failed', error),
    });
    this.registration = this.createRegistration(randomUuid(metadata.random));
  }

  /** The committed image moved. */
  publish(changes: ImageChanges): void {
    if (this.isPublishing) this.publisher.publish(changes);
    else {
      // Nobody reads here yet: who waits for the image need not wait for its readers.
      this.options.metadata.published(changes.imageOffset);
      this.noteCaughtUp();
    }
  }

  /**
   * Once the image holds this broker's registration, and so all that was decided before, it goes to the shards; logs are
   * found before anybody can ask for them; clients may come. An older image would make strays of logs.
   */
  async start(): Promise<void> {
    const caughtUp = this.milestones.expect('caughtUp', 1);
    const first = this.milestones.expect('published', 1);
    const unfenced = this.milestones.expect('unfenced', 1);
    this.registration.start();
    await caughtUp;
    this.isPublishing = true;
    this.publisher.start();
    await first;
    await this.findLogs();
    this.registration.ready();
    this.tellAssignments();
    await unfenced;
    this.checkpoints?.schedule(this.options.node.config.values);
    await this.threads.listen();
  }

  /** The controller lets this broker go, so that others lead what it led. */
  leave(): Promise<void> {
    return new Promise((resolve) => this.registration.leave(leaveTimeoutMs, resolve));
  }

  /** Connections are closed, logs flushed and closed, markers written. */
  async closeLogs(): Promise<void> {
    const failed = await this.threads.closeLogs();
    await this.checkpoints?.stop();
    const closedWell = this.options.directories.filter(({ disk }, index) => disk.isOnline() && !failed.has(index));
    await Promise.all(closedWell.map((directory) => markCleanShutdown(directory, this.registration.epoch)));
  }

  async close(): Promise<void> {
    this.assignments?.close();
    this.controller?.close();
    this.thread.close();
    await this.threads.close();
  }

  /** One that was offline from the start has none that is known. */
  private get directoryIds(): (DirectoryId | undefined)[] {
    const { metadata, directories } = this.options;
    return directories.map(({ path }) => metadata.storage.directoryIds.get(path));
  }

  private noteCaughtUp(): void {
    const { epoch } = this.registration;
    if (epoch >= 0 && this.options.metadata.image.committed.offset >= epoch) this.milestones.note('caughtUp');
  }

  /** Once for all shards, and before any of them has it. */
  private addSegments(segments: readonly SegmentMessage[]): void {
    this.checkpoints?.addSegments(segments);
    this.options.addSegments(segments);
  }

  /** With one directory alone the controller knows where everything is. */
  private tellAssignments(): void {
    const { metadata, directories } = this.options;
    const { config, logger, fatal } = this.options.node;
    if (directories.length < 2 || this.columns === undefined) return;
    this.assignments = new DirectoryAssignments({
      nodeId: config.nodeId,
      metadata: this.columns,
      clock: systemClock,
      logger,
      directoryIds: this.directoryIds,
      brokerEpoch: () => this.registration.epoch,
      send: (key, version, body, answered) => metadata.toController.sendOwn(key, version, body, answered),
      failed: (error) => fatal('the controller could not be told where replicas lie', error),
    });
    this.assignments.start();
  }

  private createRegistration(incarnationId: Uuid): BrokerRegistration {
    const { metadata, directories, failures } = this.options;
    const { config, logger } = this.options.node;
    const nodeId = config.nodeId;
    // A directory that was offline from the start has no id that is known.
    const idsOf = (named: readonly NodeDirectory[]): string[] =>
      named.flatMap(({ path }) => metadata.storage.directoryIds.get(path) ?? []);
    const common = { nodeId, incarnationId, features: supportedFeatures(), clock: systemClock, logger };
    const { ask } = metadata.toController;
    const endpoints = config.isController ? config.advertisedControllerListeners.map(registeredEndpoint) : null;
    if (endpoints !== null) this.controller = new ControllerRegistration({ ...common, endpoints, ask });
    return new BrokerRegistration({
      ...common,
      clusterId: metadata.clusterId,
      rack: config.values.textOrNull('broker.rack'),
      endpoints: config.advertisedBrokerListeners.map(registeredEndpoint),
      controllerEndpoints: endpoints,
      logDirs: idsOf(directories),
      previousBrokerEpoch: previousBrokerEpoch(directories),
      heartbeatIntervalMs: config.values.number('broker.heartbeat.interval.ms'),
      registrationTimeoutMs: config.values.number('initial.broker.registration.timeout.ms'),
      ask,
      imageOffset: () => this.publishedOffset,
      offlineLogDirs: () => idsOf(directories.filter(({ disk }) => !disk.isOnline())),
      cordonedLogDirs: () => idsOf(cordonedDirectories(config, metadata.image.committed, directories)),
      mayHeartbeat: () => !failures.watch.isStuck,
      registered: () => this.noteCaughtUp(),
      unfenced: () => this.milestones.note('unfenced'),
      refused: (reason) => {
        const error = new Error(reason);
        if (!this.milestones.fail('caughtUp', error)) this.milestones.fail('unfenced', error);
      },
    });
  }

  private async findLogs(): Promise<void> {
    const { directories, metadata } = this.options;
    const { config, logger, fatal } = this.options.node;
    const columns = new SharedMetadata(this.shared.describe());
    const checkpoints = new LogCheckpoints(directories, columns, logger);
    this.checkpoints = checkpoints;
    this.columns = columns;
    const finder = new LogFinder({
      directories,
      metadata: columns,
      checkpoints,
      logger,
      randomHex: () => randomHex(metadata.random),
      assigned: (row) => assignedDirectoryIndex(columns.partitions, row, config.nodeId, this.directoryIds),
    });
    await finder.find();
    this.threads.recover();
    finder.removeDeleted().catch((error: unknown) => fatal('deleted logs could not be removed', error));
  }
}
