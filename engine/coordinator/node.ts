import { totalmem } from 'node:os';
import { setImmediate } from 'node:timers';
import type { Checksum, Compression } from '../base/codec.ts';
import { arenaLimitsFor, assertLimits, ringLimitsFor } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import { rulesOfDefinitions } from '../controller/config-definitions.ts';
import { Controller } from '../controller/controller.ts';
import { systemClock } from '../io/clock.ts';
import type { DirectoryLock } from '../io/directory-lock.ts';
import { probeBind, supportsReusePort } from '../io/net/bind-probe.ts';
import { connectionCeiling, descriptorBudget, openFileLimit } from '../io/open-files.ts';
import { randomHex, SystemRandom } from '../io/random.ts';
import { type SegmentMessage, SharedMetadata, SharedMetadataWriter } from '../metadata/columns/shared-metadata.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import { shardCount } from '../metadata/config/broker-config.ts';
import { MetadataImage } from '../metadata/image/metadata-image.ts';
import { BrokerRegistration } from '../node/broker-registration.ts';
import { controllerClient } from '../node/controller-client.ts';
import { readBootstrapRecords } from '../node/kraft-storage.ts';
import type { MessageCodec } from '../node/mesh.ts';
import { loadMetadataRecordCodec } from '../node/metadata-record-codec.ts';
import { brokerState } from '../node/metrics/node-cells.ts';
import { type MetricName, Metrics } from '../node/metrics.ts';
import { Publisher } from '../node/publisher.ts';
import type { RaftDriver } from '../node/raft-driver.ts';
import type { ShardStats } from '../node/shard-stats.ts';
import type { ShardReport, ShardTask } from '../node/shard-task.ts';
import { ProcessMemory } from '../node/thread-memory.ts';
import { randomUuid } from '../protocol/uuid.ts';
import type { ControllerSockets } from './controller-sockets.ts';
import { CoordinatorThread } from './coordinator-thread.ts';
import { LogCheckpoints } from './log-checkpoints.ts';
import {
  markCleanShutdown,
  type NodeDirectory,
  openDirectories,
  previousBrokerEpoch,
  readCleanShutdown,
  removeCleanShutdown,
} from './log-directories.ts';
import { LogFinder } from './log-finder.ts';
import { openQuorum, prepareStorage } from './metadata-quorum.ts';
import { NodeObserver } from './node-observer.ts';
import { controllerSettings, registeredEndpoint, supportedFeatures } from './node-settings.ts';
import { ShardFailures } from './shard-failures.ts';
import { ShardPool } from './shard-pool.ts';
import { ShardStatsQuestions } from './shard-stats-questions.ts';
import { StaleCheckpoints } from './stale-checkpoints.ts';

export interface NodeOptions {
  readonly properties: ReadonlyMap<string, string>;
  readonly config: BrokerConfig;
  readonly logger: Logger;
  readonly logLevel: ShardTask['logLevel'];
  /** Module of the shards' resident task. */
  readonly shardEntry: URL;
  /** Module of the thread that serves metrics; without it none are served. */
  readonly metricsEntry?: URL;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly codec: MessageCodec;
  /** Deaths of shards within a minute that the process survives; two unless said otherwise. */
  readonly shardDeathsAllowed?: number;
  /** A limit for each shard's heap in place of V8's own. */
  readonly shardHeapMb?: number;
  /** The node can't go on; called once, with what is to be said. */
  readonly fatal: (reason: string, error: unknown) => void;
}

const coordinatorArenaSlabs = 16;
/** The third death of a shard within a minute ends the process. */
const defaultDeathsAllowed = 2;
/** Between two tries of a restarted shard to listen. */
const listenRetryMs = 250;
/** How long the controller may take to let this broker go before it goes anyway. */
const leaveTimeoutMs = 5000;

/** One node: coordinator thread, shards, and the files they share. Made by `startNode`. */
export class Node {
  private readonly options: NodeOptions;
  private readonly shards: number;
  private readonly memory: ProcessMemory;
  private readonly failures: ShardFailures;
  private readonly shared = new SharedMetadataWriter();
  private readonly image = new MetadataImage();
  private directories: readonly NodeDirectory[] = [];
  private metadataDirectory!: NodeDirectory;
  private locks: readonly DirectoryLock[] = [];
  private clusterId = '';
  private pool!: ShardPool;
  private raft!: RaftDriver;
  private controller!: Controller;
  private publisher!: Publisher;
  private thread!: CoordinatorThread;
  private registration!: BrokerRegistration;
  private controllerSockets: ControllerSockets | undefined;
  private checkpoints: LogCheckpoints | undefined;
  private readonly stale = new StaleCheckpoints(async (topics) => this.checkpoints?.write(undefined, topics));
  private reusePort = false;
  private isListening = false;
  private isStopping = false;
  /** Shards that were told to close and have not said that they did. */
  private readonly closing = new Set<number>();
  private readonly statsQuestions = new ShardStatsQuestions((shard, command) => this.pool.send(shard, command));
  readonly observer: NodeObserver;
  private readonly random = new SystemRandom();
  private readonly waiting = new Map<string, { left: number; resolve: () => void; reject: (error: Error) => void }>();

  constructor(options: NodeOptions) {
    this.options = options;
    this.shards = shardCount(options.config, navigator.hardwareConcurrency);
    const ring = ringLimitsFor(this.shards);
    const arena = arenaLimitsFor(this.shards, totalmem());
    assertLimits(ring, arena);
    this.memory = new ProcessMemory(this.shards, ring, arena, { ...arena, slabs: coordinatorArenaSlabs });
    this.failures = new ShardFailures({
      shards: this.shards,
      clock: systemClock,
      logger: options.logger,
      deathsAllowed: options.shardDeathsAllowed ?? defaultDeathsAllowed,
      stuckAfterMs: options.config.values.number('broker.session.timeout.ms') / 2,
      countedTopics: options.config.values.number('millrace.metrics.topics.max'),
    });
    const { config, logger, metricsEntry } = options;
    this.observer = new NodeObserver({ config, logger, metricsEntry, shards: this.shards, failures: this.failures });
  }

  /** Counters of all shards, added up, and how connections were spread over them. */
  counters(): Record<MetricName, number> & { readonly connectionsByShard: readonly number[] } {
    const connectionsByShard = this.failures.metrics.map((cells) => Metrics.total([cells]).acceptedConnections);
    return { ...Metrics.total(this.failures.metrics), connectionsByShard };
  }

  /** What a person asks first; known once the node has started. */
  get facts(): { clusterId: string; shards: number; directories: readonly NodeDirectory[] } {
    return { clusterId: this.clusterId, shards: this.shards, directories: this.directories };
  }

  async start(): Promise<void> {
    const { config, logger } = this.options;
    await this.probeListeners();
    const opened = await openDirectories(config, systemClock, logger);
    this.directories = opened.directories;
    this.metadataDirectory = opened.metadata;
    this.locks = opened.locks;
    await Promise.all(this.directories.map(readCleanShutdown));
    // The threads boot while the metadata is read.
    const shardsReady = this.startShards();
    await this.openMetadata();
    await shardsReady;
    await this.publish();
    this.checkpoints?.schedule(this.options.config.values);
    await this.listen();
    await this.listenForControllers();
    this.observer.serve(this.clusterId, this.directories, () => this.shared.describe());
  }

  /** Clean shutdown: connections are closed, logs flushed and closed, markers written. */
  async stop(): Promise<void> {
    this.observer.enter(brokerState.leaving);
    await new Promise<void>((resolve) => this.registration.leave(leaveTimeoutMs, resolve));
    this.observer.enter(brokerState.shuttingDown);
    this.pool.expectEnds();
    this.isStopping = true;
    const failed = new Set<number>();
    this.onClosed = (failedDirectories) => {
      for (const index of failedDirectories) failed.add(index);
    };
    for (let shard = 0; shard < this.shards; shard++) {
      if (this.pool.isAlive(shard)) this.closing.add(shard);
      else this.onClosed([...this.directories.keys()]);
    }
    const closed = this.closing.size > 0 ? this.expect('closed', this.closing.size) : undefined;
    this.pool.broadcast({ kind: 'close' });
    await closed;
    await this.checkpoints?.stop();
    const closedWell = this.directories.filter(({ disk }, index) => disk.isOnline() && !failed.has(index));
    await Promise.all(closedWell.map((directory) => markCleanShutdown(directory, this.registration.epoch)));
    this.controllerSockets?.close();
    this.failures.close();
    this.controller.close();
    await this.raft.close();
    this.thread.close();
    await this.pool.close();
    await this.observer.close();
    await Promise.all(this.locks.map((lock) => lock.release()));
  }

  private onClosed: (failedDirectories: readonly number[]) => void = () => {};

  private async probeListeners(): Promise<void> {
    this.reusePort = await supportsReusePort();
    const { brokerListeners, controllerListeners } = this.options.config;
    for (const { host, port } of [...brokerListeners, ...controllerListeners]) await probeBind(host, port);
    const metrics = this.options.config.metricsListener;
    if (metrics?.isDefault === false && this.options.metricsEntry !== undefined) {
      await probeBind(metrics.host, metrics.port);
    }
  }

  private startShards(): Promise<void> {
    const ready = this.expect('ready', this.shards);
    this.pool = new ShardPool({
      shards: this.shards,
      entry: this.options.shardEntry,
      logger: this.options.logger,
      taskOf: (shard) => this.taskOf(shard),
      connectionCounts: this.failures.connectionCounts,
      onReport: (shard, report) => this.reported(shard, report),
      onDeath: (shard, error) => this.shardDied(shard, error),
      ...(this.options.shardHeapMb === undefined ? {} : { maxHeapMb: this.options.shardHeapMb }),
    });
    for (let shard = 0; shard < this.shards; shard++) this.pool.start(shard);
    return ready;
  }

  private async openMetadata(): Promise<void> {
    const { options, directories, metadataDirectory } = this;
    const { config, logger, checksum, compression } = options;
    const codec = await loadMetadataRecordCodec();
    const environment = { clock: systemClock, random: this.random, checksum, compression, logger };
    const storage = await prepareStorage(
      config,
      directories.map(({ disk }) => disk).filter((disk) => disk.isOnline()),
      metadataDirectory.disk,
      { ...environment, codec },
      logger,
    );
    await Promise.all(directories.map(removeCleanShutdown));
    this.clusterId = storage.clusterId;
    const fatal = (error: unknown): void => options.fatal('the metadata log failed', error);
    const { disk } = metadataDirectory;
    this.raft = await openQuorum(config, disk, storage.metadataDirectoryId, codec, environment, fatal);
    this.publisher = new Publisher({
      image: this.image,
      shared: this.shared,
      nodeId: config.nodeId,
      clusterId: storage.clusterId,
      shards: this.shards,
      kraftVersion: () => this.raft.kraftVersion,
      send: (shard, message) => {
        if (message.kind === 'segments' && shard === 0) this.addSegments(message.segments);
        this.pool.send(shard, message);
      },
      mayPublish: (changes, resume) => this.stale.mayPublish(changes, resume),
      published: (offset) => this.published(offset),
    });
    this.controller = new Controller({
      log: this.raft,
      image: this.image,
      settings: controllerSettings(config, storage.clusterId),
      configs: rulesOfDefinitions(config),
      bootstrap: await readBootstrapRecords(disk, { ...environment, codec }),
      clock: systemClock,
      random: this.random,
      logger,
      sessionTimeoutMs: config.values.number('broker.session.timeout.ms'),
      maxIdleIntervalMs: config.values.number('metadata.max.idle.interval.ms'),
      observer: this.observer.ofController,
      committed: (changes) => this.publisher.publish(changes),
    });
    this.raft.register(this.controller);
    this.thread = this.createThread();
    this.registration = this.createRegistration(storage.directoryIds);
    const { controller, raft, image } = this;
    this.observer.watch({ controller, raft, image, publishedOffset: () => this.publisher.publishedOffset });
    await this.raft.start();
  }

  /** Once for all shards, and before any of them has it. */
  private addSegments(segments: readonly SegmentMessage[]): void {
    this.checkpoints?.addSegments(segments);
    this.observer.addSegments(segments);
  }

  /** Last, and its code is loaded only now: clients need not wait for it. */
  private async listenForControllers(): Promise<void> {
    const { config, logger, fatal } = this.options;
    const { clusterId, controller, raft: log, image } = this;
    const { ControllerSockets: Sockets } = await import('./controller-sockets.ts');
    const services = { nodeId: config.nodeId, clusterId, controller, log, image, config, logger };
    const failed = (error: unknown): void => fatal('the controller listener failed', error);
    this.controllerSockets = new Sockets(services, this.observer.metrics, failed);
    await this.controllerSockets.listen();
  }

  private createThread(): CoordinatorThread {
    return new CoordinatorThread({
      memory: this.memory.of(this.memory.coordinator),
      codec: this.options.codec,
      controller: this.controller,
      raft: this.raft,
      defer: setImmediate,
      logger: this.options.logger,
      fatal: (error) => this.options.fatal('the coordinator failed', error),
    });
  }

  private createRegistration(directoryIds: ReadonlyMap<string, string>): BrokerRegistration {
    const { config, logger } = this.options;
    const nodeId = config.nodeId;
    const context = {
      principal: 'User:ANONYMOUS',
      clientId: `broker-${nodeId}`,
      listener: 'CONTROLLER',
      isOwnBroker: true,
    };
    const failed = (error: unknown): void => this.options.fatal('a request to the controller failed', error);
    // A directory that was offline from the start has no id that is known.
    const idsOf = (directories: readonly NodeDirectory[]): string[] =>
      directories.flatMap(({ path }) => directoryIds.get(path) ?? []);
    return new BrokerRegistration({
      nodeId,
      clusterId: this.clusterId,
      incarnationId: randomUuid(this.random),
      rack: config.values.textOrNull('broker.rack'),
      endpoints: config.advertisedBrokerListeners.map(registeredEndpoint),
      controllerEndpoints: config.advertisedControllerListeners.map(registeredEndpoint),
      features: supportedFeatures(),
      logDirs: idsOf(this.directories),
      previousBrokerEpoch: previousBrokerEpoch(this.directories),
      heartbeatIntervalMs: config.values.number('broker.heartbeat.interval.ms'),
      clock: systemClock,
      logger,
      ask: controllerClient(
        (apiKey, version, body, respond) => this.controller.handle(apiKey, version, body, context, respond),
        failed,
      ),
      imageOffset: () => this.publisher.publishedOffset,
      offlineLogDirs: () => idsOf(this.directories.filter(({ disk }) => !disk.isOnline())),
      cordonedLogDirs: () => [],
      mayHeartbeat: () => !this.failures.watch.isStuck,
      unfenced: () => this.note('unfenced'),
      refused: (reason) => this.waiting.get('unfenced')?.reject(new Error(reason)),
    });
  }

  /** The first image goes to the shards; logs are found before anybody can ask for them. */
  private async publish(): Promise<void> {
    const first = this.expect('published', 1);
    const unfenced = this.expect('unfenced', 1);
    this.registration.start();
    this.publisher.start();
    await first;
    await this.findLogs();
    await unfenced;
  }

  private async findLogs(): Promise<void> {
    const { directories, random } = this;
    const { logger } = this.options;
    const metadata = new SharedMetadata(this.shared.describe());
    const checkpoints = new LogCheckpoints(directories, metadata, logger);
    this.checkpoints = checkpoints;
    const finder = new LogFinder(directories, metadata, checkpoints, logger, () => randomHex(random));
    await finder.find();
    this.pool.broadcast({ kind: 'recover' });
    finder.removeDeleted().catch((error: unknown) => this.options.fatal('deleted logs could not be removed', error));
  }

  private async listen(): Promise<void> {
    const listening = this.expect('listening', this.shards);
    this.isListening = true;
    for (let shard = 0; shard < this.shards; shard++) this.sendListen(shard);
    await listening;
  }

  private sendListen(shard: number): void {
    // Without SO_REUSEPORT one shard listens for all.
    if (!this.reusePort && shard > 0) {
      this.reported(shard, { kind: 'listening' });
      return;
    }
    const listeners = this.options.config.brokerListeners.map(({ listener, host, port }) => ({
      name: listener,
      host,
      port,
    }));
    this.pool.send(shard, { kind: 'listen', listeners, reusePort: this.reusePort });
  }

  private taskOf(shard: number): Omit<ShardTask, 'port'> {
    const { config, properties, logLevel } = this.options;
    const maxConnections = config.values.number('max.connections');
    return {
      start: {
        nodeId: config.nodeId,
        shards: this.shards,
        memory: this.memory.of(shard),
        metadata: this.shared.describe(),
        metrics: this.failures.metrics[shard]!,
        heapBudget: this.failures.heapBudget,
        cleanerSlots: this.failures.cleanerSlots,
        connectionCounts: this.failures.connectionCounts,
        connectionCeiling: connectionCeiling(openFileLimit()),
        pulses: this.failures.pulses,
        properties,
        cluster: { clusterId: this.clusterId, brokers: [], features: [], featuresEpoch: -1 },
      },
      directories: this.directories.map(({ path, isClean, stateWord, logsWord }) => ({
        path,
        isClean,
        state: stateWord,
        logs: logsWord,
      })),
      descriptorBudget: descriptorBudget(openFileLimit(), maxConnections, this.shards),
      logLevel,
    };
  }

  private reported(shard: number, report: ShardReport): void {
    switch (report.kind) {
      case 'segmentsAdded':
        this.publisher.acknowledgeSegments(shard, report.number);
        break;
      case 'deltaApplied':
        this.publisher.acknowledge(shard, report.imageOffset);
        break;
      case 'listenFailed':
        this.listenFailed(shard, report.message);
        break;
      case 'stats':
        this.statsQuestions.answered(report.number, report.stats);
        break;
      case 'closed':
        if (!this.closing.delete(shard)) break;
        this.onClosed(report.failedDirectories);
        this.note('closed');
        break;
      case 'ready':
        this.failures.watch.begin(shard);
        if (this.isListening) this.revive(shard);
        this.note('ready');
        break;
      default:
        this.note(report.kind);
    }
  }

  private published(offset: number): void {
    this.controller.published(offset);
    this.note('published');
  }

  /** A new incarnation is ready: its peers take up the new rings, and it gets everything that there is. */
  private revive(shard: number): void {
    for (let peer = 0; peer < this.shards; peer++) {
      if (peer !== shard) this.pool.send(peer, { kind: 'renewLink', link: this.memory.link(peer, shard) });
    }
    this.thread.renewLink(this.memory.link(this.memory.coordinator, shard));
    this.publisher.shardRestarted(shard);
    this.pool.send(shard, { kind: 'recover' });
    this.sendListen(shard);
  }

  private listenFailed(shard: number, message: string): void {
    const starting = this.waiting.get('listening');
    if (starting !== undefined) {
      starting.reject(new Error(message));
      return;
    }
    this.options.logger.error({ shard, reason: message }, 'a restarted shard cannot listen; it tries again');
    setTimeout(() => this.sendListen(shard), listenRetryMs);
  }

  /** What each shard holds and waits for. */
  stats(): Promise<ShardStats[]> {
    return this.statsQuestions.ask(this.shards);
  }

  private shardDied(shard: number, error: unknown): boolean {
    const survives = this.failures.died(shard);
    if (this.isStopping) {
      this.reported(shard, { kind: 'closed', failedDirectories: [...this.directories.keys()] });
      return false;
    }
    if (!survives || !this.isListening) {
      this.options.fatal(`shard ${shard} died: ${this.failures.recent} deaths within a minute`, error);
      return false;
    }
    // Logs that it had open were not closed: they are recovered when they are opened again.
    for (const directory of this.directories) directory.isClean = false;
    this.memory.renew(shard);
    return true;
  }

  /** Resolves when `count` notes of a kind have come. */
  private expect(kind: string, count: number): Promise<void> {
    return new Promise((resolve, reject) => this.waiting.set(kind, { left: count, resolve, reject }));
  }

  private note(kind: string): void {
    const expected = this.waiting.get(kind);
    if (expected === undefined) return;
    expected.left -= 1;
    if (expected.left > 0) return;
    this.waiting.delete(kind);
    expected.resolve();
  }
}
