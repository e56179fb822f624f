import type { DirectoryId } from '../base/brands.ts';
import type { Transport, TransportEvents } from '../base/transport.ts';
import { Dispatcher } from '../broker/dispatch.ts';
import { FetchSessionCache, type MovedSession } from '../broker/fetch-sessions.ts';
import type { GroupQuestion } from '../broker/group-questions.ts';
import { handlerTable } from '../broker/handlers/table.ts';
import type { PartitionQuestion } from '../broker/partition-questions.ts';
import type { BrokerServices } from '../broker/services.ts';
import { plainRecordWalk } from '../log/validation/walk-records.ts';
import { type SegmentMessage, SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import { isCordoned } from '../metadata/config/cordoned.ts';
import type { ClusterView, ShardDelta } from '../metadata/delta.ts';
import type { ConnectionSettings } from '../net/connection.ts';
import { ConnectionCounts } from '../net/connection-counts.ts';
import { apiKey } from '../protocol/generated/api-rows.js';
import type { CheckpointFiles } from '../replica/host.ts';
import { ShardReplicas } from '../replica/shard-replicas.ts';
import { Arena } from '../ring/arena.ts';
import { Sleeper } from '../ring/wait.ts';
import { Connections } from './connections.ts';
import { Forwarder } from './controller-channel/forwarder.ts';
import { FetchRouter } from './fetch/fetch-router.ts';
import { ShardFetchMemory } from './fetch/shard-fetch-memory.ts';
import { GroupMachines } from './groups/group-machines.ts';
import { type LinkDescription, Mesh } from './mesh.ts';
import type { ControlMessage } from './messages.ts';
import { tellHoldings } from './metrics/shard-holdings.ts';
import { Metrics } from './metrics.ts';
import type { ConnectionMoves, MovedConnection } from './moved-connection.ts';
import { CheckpointRequests } from './partitions/checkpoint-requests.ts';
import { CleanerSlots } from './partitions/cleaner-slots.ts';
import { LogCleaner } from './partitions/log-cleaner.ts';
import { moveBounds } from './partitions/move-bounds.ts';
import { answerPartitionQuestion } from './partitions/partition-questions.ts';
import { PartitionUpkeep } from './partitions/partition-upkeep.ts';
import { Questions } from './partitions/questions.ts';
import { ShardReplication } from './partitions/shard-replication.ts';
import { ProduceRouter } from './produce/produce-router.ts';
import { activity, Pulse } from './pulse.ts';
import { ResourceConfigs } from './resource-configs.ts';
import { ShardConfig } from './shard-config.ts';
import { applyDelta } from './shard-deltas.ts';
import { HeapBudget, ShardIngress } from './shard-ingress.ts';
import { shardServices } from './shard-services.ts';
import type { LoopTimes, ShardEnvironment, ShardStart } from './shard-start.ts';
import type { ShardStats } from './shard-stats.ts';
import { Turn } from './turn.ts';
import { Waiters } from './waiters.ts';

/** One shard: connections, partitions, and its end of the rings, in the rhythm of its turns. */
export class Shard {
  readonly replicas: ShardReplicas;
  private readonly replication: ShardReplication;
  readonly config: ShardConfig;
  private readonly start: ShardStart;
  private readonly environment: ShardEnvironment;
  private readonly metadata: SharedMetadata;
  private readonly mesh: Mesh;
  private readonly turn: Turn;
  private readonly metrics: Metrics;
  private readonly pulse: Pulse;
  private readonly heapBudget: HeapBudget;
  private readonly waiters: Waiters;
  readonly connections: Connections;
  private readonly produce: ProduceRouter;
  private readonly fetch: FetchRouter;
  readonly upkeep: PartitionUpkeep;
  readonly cleaner: LogCleaner;
  readonly groups: GroupMachines;
  private readonly questions: Questions;
  private readonly forwarder: Forwarder;
  private readonly checkpoints: Readonly<Record<CheckpointFiles, CheckpointRequests>>;
  readonly resourceConfigs = new ResourceConfigs();
  private cluster: ClusterView;
  private dirty: { submit(): void }[] = [];
  private readonly fetchSessions: FetchSessionCache;
  /** What of the loop's times was counted. */
  private loopToldMs: LoopTimes = { busyMs: 0, idleMs: 0 };

  constructor(start: ShardStart, environment: ShardEnvironment) {
    this.start = start;
    this.environment = environment;
    this.cluster = start.cluster;
    this.metadata = new SharedMetadata(start.metadata);
    const { topics } = this.metadata;
    this.metrics = new Metrics(
      start.metrics,
      (row, generation) => topics.isLive(row) && topics.generationOf(row) === generation,
    );
    this.pulse = new Pulse(start.pulses, start.memory.mesh.self);
    this.config = new ShardConfig(start.properties, this.metadata.topics, environment.decodeOverrides);
    this.metrics.listeners = this.config.effective.fixed.listeners.map(({ listener }) => listener);
    this.mesh = this.createMesh();
    const requestTurn = (): void => this.turn.request();
    this.checkpoints = { all: this.checkpointRequests('all'), 'log-starts': this.checkpointRequests('log-starts') };
    this.replication = this.createReplication();
    this.replicas = this.createReplicas();
    this.upkeep = new PartitionUpkeep(this.replicas, this.config, environment.clock, environment.logger, start.shards);
    this.cleaner = this.createCleaner();
    this.groups = this.createGroups();
    const { memory } = start;
    const heapLimit = this.config.number('queued.max.request.bytes');
    const budget = new HeapBudget(start.heapBudget, memory.mesh.self, heapLimit > 0 ? heapLimit : defaultHeapBytes);
    this.heapBudget = budget;
    const waiters = new Waiters(requestTurn);
    this.waiters = waiters;
    const ingress = new ShardIngress(this.mesh.arena, memory.mesh.self, budget, this.metrics, waiters);
    const fetchMemory = new ShardFetchMemory(this.mesh.arena, memory.mesh.self, budget, waiters);
    this.produce = new ProduceRouter(this.mesh, this.replicas, waiters);
    this.fetch = new FetchRouter(
      this.mesh,
      this.replicas,
      fetchMemory,
      environment.clock,
      this.metadata.runtime,
      waiters,
    );
    const slots = Math.ceil(this.config.number('max.incremental.fetch.session.cache.slots') / start.shards);
    const { self } = memory.mesh;
    this.fetchSessions = new FetchSessionCache({ slots, evictionMs: 120_000 }, environment.random, self, start.shards);
    this.questions = new Questions(this.mesh, (question, answer) =>
      this.answer(question as PartitionQuestion | GroupQuestion, answer),
    );
    this.forwarder = new Forwarder(this.mesh, start.shards);
    this.connections = this.createConnections(ingress, requestTurn);
    const sleeper = new Sleeper(memory.mesh.doorbells, memory.mesh.self, requestTurn);
    this.turn = new Turn(
      this.mesh,
      sleeper,
      environment.defer,
      [
        () => this.submit(),
        () => this.connections.flush(),
        () => waiters.retry(),
        () => this.submit(),
        () => this.connections.flush(),
        () => this.fetch.tellGuests(),
      ],
      environment.fatal,
      this.pulse,
    );
    this.turn.request();
  }

  accept(transport: Transport, listenerName: string): TransportEvents | null {
    return this.connections.accept(transport, this.connectionSettings(listenerName));
  }

  /** Goes on with a connection that another shard accepted, or served so far, and that counts as this one's. */
  adopt(transport: Transport, listenerName: string, moved: MovedConnection | undefined): TransportEvents | null {
    if (moved?.session !== undefined) this.fetchSessions.adopt(moved.session, this.environment.clock.monotonicMs());
    return this.connections.accept(transport, this.connectionSettings(listenerName), true, moved);
  }

  private connectionSettings(listenerName: string): ConnectionSettings {
    return { requestMaxBytes: this.config.number('socket.request.max.bytes'), listenerName };
  }

  /** Memory for more rows; they are named only after this was acknowledged. */
  addSegments(segments: readonly SegmentMessage[]): void {
    for (const segment of segments) this.metadata.addSegment(segment);
  }

  /** A peer that died was started again: new rings, a new arena, and nothing of what was under way. */
  renewLink(description: LinkDescription): void {
    const dead = this.mesh.renew(description);
    if (dead === undefined) return;
    this.produce.failPeer(dead);
    this.fetch.failPeer(dead);
    this.questions.failPeer(description.thread);
    this.turn.request();
  }

  /** A sign of life, with or without work; to be called every `limits.pulseIntervalMs`. */
  beat(): void {
    this.pulse.beat();
    const { replicas, connections, waiters, heapBudget } = this;
    tellHoldings(this.metrics, this.mesh, {
      openPartitions: replicas.liveCount,
      requestsUnderWay: connections.requestsUnderWay,
      waiting: waiters.size,
      fetchCalls: this.fetch.counts().calls,
      fetchSessions: this.fetchSessions.size,
      heapBytes: heapBudget.ownBytes,
      replicaMaxLag: this.replication.fetchers?.maxLag() ?? 0,
    });
    const loop = this.environment.loopTimes?.();
    if (loop === undefined) return;
    this.metrics.add('busyMs', loop.busyMs - this.loopToldMs.busyMs);
    this.metrics.add('idleMs', loop.idleMs - this.loopToldMs.idleMs);
    this.loopToldMs = loop;
  }

  stats(): ShardStats {
    const { calls, guests } = this.fetch.counts();
    return {
      shard: this.mesh.self,
      arena: this.mesh.arena.stats(),
      links: this.mesh.links.map((link) => ({
        thread: link.thread,
        creditsOutstanding: link.sender.credits.outstanding,
        pending: link.pending.filter((about) => about !== undefined).length,
        returnsPending: link.returns.pending,
        controlQueued: link.controlQueue.length + link.smallQueue.length / 4,
      })),
      connections: this.connections.size,
      requestsUnderWay: this.connections.requestsUnderWay,
      fetchCalls: calls,
      fetchGuests: guests,
      waiting: this.waiters.size,
      ...this.heapBudget.stats(),
      partitions: [...this.replicas.live()].length,
    };
  }

  /** The checkpoint files are written, as was asked for. */
  checkpointed(which: CheckpointFiles): void {
    this.checkpoints[which].written();
    this.turn.request();
  }

  /** What time alone brings about; called about once a second. */
  tick(): void {
    this.connections.closeIdle();
    this.upkeep.tick();
    this.cleaner.tick();
    this.replication.tick(this.replicas);
    this.replicas.moves.tick();
    this.turn.request();
  }

  /** The logs of this shard were found: those that were not closed properly are recovered in the background. */
  recover(directoryIds: readonly (DirectoryId | undefined)[] = []): void {
    this.replicas.start(directoryIds);
    this.upkeep.recover();
    this.groups.logsFound();
  }

  /**
   * Refuses what comes, answers what is under way with an error, and closes every log. Answers the log directories of
   * which not all logs are closed well.
   */
  close(done: (failedDirectories: ReadonlySet<number>) => void): void {
    this.connections.closeAll();
    this.groups.close();
    this.replication.fetchers?.close();
    const unrecovered = [...this.upkeep.unrecoveredDirectories];
    this.replicas.close((failed) => done(new Set([...failed, ...unrecovered])));
  }

  private checkpointRequests(which: CheckpointFiles): CheckpointRequests {
    const { askForCheckpoints = () => this.checkpointed(which) } = this.environment;
    return new CheckpointRequests(() => askForCheckpoints(which));
  }

  private createMesh(): Mesh {
    const { memory } = this.start;
    const { view, codec } = this.environment;
    const arena = new Arena({
      ...memory.arenaLimits,
      holders: memory.threads,
      self: memory.mesh.self,
      buffer: memory.arena.buffer,
      view,
    });
    const onControl = (thread: number, message: unknown): void => this.receive(thread, message as ControlMessage);
    return new Mesh(memory.mesh, { arena, codec, view, onControl });
  }

  private createReplication(): ShardReplication {
    const { start, environment, config, metrics } = this;
    const cluster = (): ClusterView => this.cluster;
    return new ShardReplication({ start, environment, config, metrics, cluster, forwarder: () => this.forwarder });
  }

  private createReplicas(): ShardReplicas {
    const { clock, random, logger, checksum, compression, jobs, directories } = this.environment;
    const { recordWalk = plainRecordWalk } = this.environment;
    return new ShardReplicas({
      nodeId: this.start.nodeId,
      shard: this.mesh.self,
      shards: this.start.shards,
      metadata: this.metadata,
      environment: { clock, random, logger, checksum, compression, flushed: (ms) => this.metrics.countFlush(ms) },
      directories,
      ...(this.replication.fetchers === undefined ? {} : { followers: this.replication.fetchers }),
      host: {
        replication: this.replication.host,
        moves: moveBounds(this.start, this.mesh.self, this.config, directories.length, () => this.cluster),
        clock,
        checksum,
        compression,
        recordWalk,
        logger,
        jobs,
        settingsOf: (row) => this.config.topicSettings(row),
        needsSubmit: (submittable) => {
          this.dirty.push(submittable);
          this.turn.request();
        },
        fileDeleteDelayMs: () => this.config.number('log.segment.delete.delay.ms'),
        writeCheckpoints: (which, done) => this.checkpoints[which].write(done),
        isCordoned: (root) => isCordoned(this.config.effective.values, root),
        countAppended: (topicRow, generation, bytes, records) =>
          this.metrics.countAppended(topicRow, generation, bytes, records),
      },
    });
  }

  private createCleaner(): LogCleaner {
    const { clock, logger, random, jobs } = this.environment;
    const slots = new CleanerSlots(this.start.cleanerSlots, this.mesh.self);
    return new LogCleaner({ replicas: this.replicas, config: this.config, clock, logger, random, jobs, slots });
  }

  private createGroups(): GroupMachines {
    const { clock, random, logger, checksum, compression } = this.environment;
    const { replicas, config, start } = this;
    return new GroupMachines({ replicas, config, nodeId: start.nodeId, clock, random, logger, checksum, compression });
  }

  private createConnections(memory: ShardIngress, requestTurn: () => void): Connections {
    const { clock, logger } = this.environment;
    const services = this.createServices();
    const table = handlerTable(services);
    const dispatcher = new Dispatcher({
      rows: table.rows,
      logger,
      apiVersionsKey: apiKey.ApiVersions,
      answerUnsupportedApiVersions: (request) => table.answerUnsupportedApiVersions(request),
    });
    const { values } = this.config.effective;
    const counts = new ConnectionCounts(this.start.connectionCounts, this.mesh.self, () => ({
      maxConnections: this.config.number('max.connections'),
      maxConnectionsPerIp: this.config.number('max.connections.per.ip'),
      perIpOverrides: this.config.perIpOverrides,
      ceiling: this.start.connectionCeiling,
    }));
    const requestsAtOnce = Math.max(1, Math.ceil(values.number('queued.max.requests') / this.start.shards));
    const idleMs = (): number => this.config.number('connections.max.idle.ms');
    return new Connections({
      memory,
      dispatcher,
      clock,
      logger,
      metrics: this.metrics,
      counts,
      pulse: this.pulse,
      requestsAtOnce,
      idleMs,
      requestTurn,
      moves: this.connectionMoves(),
    });
  }

  private connectionMoves(): ConnectionMoves | undefined {
    const { giveConnection } = this.environment;
    if (giveConnection === undefined || this.start.shards === 1) return undefined;
    const takeSession = (id: number): MovedSession | undefined => this.fetchSessions.take(id);
    return { self: this.mesh.self, shards: this.start.shards, give: giveConnection, takeSession };
  }

  private createServices(): BrokerServices {
    const { start, environment, metadata, config, produce, fetch, fetchSessions } = this;
    const { metrics, questions, forwarder, resourceConfigs } = this;
    return shardServices({
      shard: this.mesh.self,
      start,
      environment,
      metadata,
      config,
      produce,
      fetch,
      fetchSessions,
      metrics,
      questions,
      forwarder,
      resourceConfigs,
      cluster: () => this.cluster,
    });
  }

  private submit(): void {
    if (this.dirty.length === 0) return;
    this.pulse.doing(activity.appending);
    const dirty = this.dirty;
    this.dirty = [];
    for (const submittable of dirty) submittable.submit();
  }

  private receive(thread: number, message: ControlMessage): void {
    switch (message.type) {
      case 'forwardReply':
        this.forwarder.replied(message);
        break;
      case 'ask':
        this.questions.asked(thread, message);
        break;
      case 'answer':
        this.questions.answered(message);
        break;
      case 'cancel':
        this.questions.cancelled(thread, message);
        break;
      default:
        throw new Error(`a shard got a message of type ${message.type}`);
    }
  }

  /** Acts on what a published image changed. */
  apply(delta: ShardDelta): void {
    this.turn.request();
    if (delta.cluster !== null) this.cluster = delta.cluster;
    // What ApiVersions calls the epoch of the features is the offset of the image that they are read from.
    else this.cluster = { ...this.cluster, featuresEpoch: delta.imageOffset };
    applyDelta(this, delta);
  }

  private answer(
    question: PartitionQuestion | GroupQuestion,
    answer: (answer: unknown) => void,
  ): (() => void) | undefined {
    if (question.kind === 'groups') return this.groups.ask(question, answer);
    answerPartitionQuestion(this.replicas, question, answer);
    return undefined;
  }
}

/** Request bytes outside the arenas, over all shards, unless `queued.max.request.bytes` says otherwise. */
const defaultHeapBytes = 64 * 1024 * 1024;
