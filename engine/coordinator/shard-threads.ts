import { totalmem } from 'node:os';
import type { DirectoryId } from '../base/brands.ts';
import { arenaLimitsFor, assertLimits, ringLimitsFor } from '../base/limits.ts';
import { connectionCeiling, descriptorBudget, openFileLimit } from '../io/open-files.ts';
import type { MetadataDescription } from '../metadata/columns/shared-metadata.ts';
import type { PublisherMessage } from '../metadata/delta.ts';
import type { LinkDescription } from '../node/mesh.ts';
import type { ShardStats } from '../node/shard-stats.ts';
import type { ShardReport, ShardTask } from '../node/shard-task.ts';
import { ProcessMemory, type ThreadMemory } from '../node/thread-memory.ts';
import type { CheckpointFiles } from '../replica/host.ts';
import type { NodeDirectory } from './log-directories.ts';
import { Milestones } from './milestones.ts';
import type { NodeOptions } from './node-options.ts';
import type { ShardFailures } from './shard-failures.ts';
import { ShardPool } from './shard-pool.ts';
import { ShardStatsQuestions } from './shard-stats-questions.ts';

const coordinatorArenaSlabs = 16;
/** Between two tries of a restarted shard to listen. */
const listenRetryMs = 250;

export interface ShardThreadsOptions {
  readonly node: NodeOptions;
  readonly shards: number;
  readonly failures: ShardFailures;
  /** Whether several threads can listen on one port here. */
  readonly reusePort: boolean;
  readonly directories: readonly NodeDirectory[];
  readonly metadata: () => MetadataDescription;
  readonly clusterId: () => string;
  /** Of the log directories, as far as they are known. */
  readonly directoryIds: () => readonly (DirectoryId | undefined)[];
  /** What a shard says to the publisher. */
  segmentsAdded(shard: number, number: number): void;
  deltaApplied(shard: number, imageOffset: number): void;
  /** Resolves when the checkpoint files say what the shared columns say. */
  writeCheckpoints(which: CheckpointFiles): Promise<void>;
  /** A new incarnation is ready: it knows nothing yet. `link` is the coordinator's new way to it. */
  restarted(shard: number, link: LinkDescription): void;
}

/** The shards' threads, from their start over deaths and new incarnations to their end. */
export class ShardThreads {
  private readonly options: ShardThreadsOptions;
  private readonly memory: ProcessMemory;
  private readonly pool: ShardPool;
  private readonly milestones = new Milestones();
  private readonly statsQuestions = new ShardStatsQuestions((shard, command) => this.pool.send(shard, command));
  private isListening = false;
  private isStopping = false;
  /** Shards that were told to close and have not said that they did. */
  private readonly closing = new Set<number>();
  /** Indices of directories of which not all logs were closed well. */
  private readonly failedDirectories = new Set<number>();

  constructor(options: ShardThreadsOptions) {
    this.options = options;
    const { shards, failures } = options;
    const ring = ringLimitsFor(shards);
    const arena = arenaLimitsFor(shards, totalmem());
    assertLimits(ring, arena);
    this.memory = new ProcessMemory(shards, ring, arena, { ...arena, slabs: coordinatorArenaSlabs });
    const { shardEntry, shardHeapMb, logger } = options.node;
    this.pool = new ShardPool({
      shards,
      entry: shardEntry,
      logger,
      taskOf: (shard) => this.taskOf(shard),
      connectionCounts: failures.connectionCounts,
      onReport: (shard, report) => this.reported(shard, report),
      onDeath: (shard, error) => this.died(shard, error),
      ...(shardHeapMb === undefined ? {} : { maxHeapMb: shardHeapMb }),
    });
  }

  /** The coordinator's own share of the memory. */
  get coordinatorMemory(): ThreadMemory {
    return this.memory.of(this.memory.coordinator);
  }

  /** Resolves when all are ready to be told what there is. */
  start(): Promise<void> {
    const { shards } = this.options;
    const ready = this.milestones.expect('ready', shards);
    for (let shard = 0; shard < shards; shard++) this.pool.start(shard);
    return ready;
  }

  send(shard: number, message: PublisherMessage): void {
    this.pool.send(shard, message);
  }

  /** Every log's place is in the shared columns. */
  recover(): void {
    this.pool.broadcast({ kind: 'recover', directoryIds: this.options.directoryIds() });
  }

  /** Rejects where a listener cannot be bound. */
  async listen(): Promise<void> {
    const { shards } = this.options;
    const listening = this.milestones.expect('listening', shards);
    this.isListening = true;
    for (let shard = 0; shard < shards; shard++) this.sendListen(shard);
    await listening;
  }

  /** Closes connections and logs. @returns indices of directories of which not all logs are closed well. */
  async closeLogs(): Promise<ReadonlySet<number>> {
    const { shards, directories } = this.options;
    this.pool.expectEnds();
    this.isStopping = true;
    for (let shard = 0; shard < shards; shard++) {
      if (this.pool.isAlive(shard)) this.closing.add(shard);
      else for (const index of directories.keys()) this.failedDirectories.add(index);
    }
    const closed = this.closing.size > 0 ? this.milestones.expect('closed', this.closing.size) : undefined;
    this.pool.broadcast({ kind: 'close' });
    await closed;
    return this.failedDirectories;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  /** What each shard holds and waits for. */
  stats(): Promise<ShardStats[]> {
    return this.statsQuestions.ask(this.options.shards);
  }

  private sendListen(shard: number): void {
    const { node, reusePort } = this.options;
    // Without SO_REUSEPORT one shard listens for all.
    if (!reusePort && shard > 0) {
      this.reported(shard, { kind: 'listening' });
      return;
    }
    const listeners = node.config.brokerListeners.map(({ listener, host, port }) => ({ name: listener, host, port }));
    this.pool.send(shard, { kind: 'listen', listeners, reusePort });
  }

  private taskOf(shard: number): Omit<ShardTask, 'port'> {
    const { shards, failures, directories, metadata, clusterId } = this.options;
    const { config, properties, logLevel } = this.options.node;
    const maxConnections = config.values.number('max.connections');
    return {
      start: {
        nodeId: config.nodeId,
        shards,
        memory: this.memory.of(shard),
        metadata: metadata(),
        metrics: failures.metrics[shard]!,
        heapBudget: failures.heapBudget,
        cleanerSlots: failures.cleanerSlots,
        replicationRates: failures.replicationRates,
        moveShares: failures.moveShares,
        connectionCounts: failures.connectionCounts,
        connectionCeiling: connectionCeiling(openFileLimit()),
        pulses: failures.pulses,
        properties,
        cluster: { clusterId: clusterId(), brokers: [], features: [], featuresEpoch: -1 },
      },
      directories: directories.map(({ path, isClean, stateWord, logsWord }) => ({
        path,
        isClean,
        state: stateWord,
        logs: logsWord,
      })),
      descriptorBudget: descriptorBudget(openFileLimit(), maxConnections, shards),
      logLevel,
    };
  }

  private reported(shard: number, report: ShardReport): void {
    switch (report.kind) {
      case 'segmentsAdded':
        this.options.segmentsAdded(shard, report.number);
        break;
      case 'deltaApplied':
        this.options.deltaApplied(shard, report.imageOffset);
        break;
      case 'checkpoint':
        this.writeCheckpoints(shard, report.which);
        break;
      case 'listenFailed':
        this.listenFailed(shard, report.message);
        break;
      case 'stats':
        this.statsQuestions.answered(report.number, report.stats);
        break;
      case 'closed':
        if (!this.closing.delete(shard)) break;
        for (const index of report.failedDirectories) this.failedDirectories.add(index);
        this.milestones.note('closed');
        break;
      case 'ready':
        this.options.failures.watch.begin(shard);
        if (this.isListening) this.revive(shard);
        this.milestones.note('ready');
        break;
      default:
        this.milestones.note(report.kind);
    }
  }

  private writeCheckpoints(shard: number, which: CheckpointFiles): void {
    const { writeCheckpoints, node } = this.options;
    writeCheckpoints(which).then(
      () => this.pool.send(shard, { kind: 'checkpointed', which }),
      (error: unknown) => node.fatal('the checkpoint files could not be written', error),
    );
  }

  /** A new incarnation is ready: its peers take up the new rings, and it gets everything that there is. */
  private revive(shard: number): void {
    for (let peer = 0; peer < this.options.shards; peer++) {
      if (peer !== shard) this.pool.send(peer, { kind: 'renewLink', link: this.memory.link(peer, shard) });
    }
    this.options.restarted(shard, this.memory.link(this.memory.coordinator, shard));
    this.pool.send(shard, { kind: 'recover', directoryIds: this.options.directoryIds() });
    this.sendListen(shard);
  }

  private listenFailed(shard: number, message: string): void {
    if (this.milestones.fail('listening', new Error(message))) return;
    const { logger } = this.options.node;
    logger.error({ shard, reason: message }, 'a restarted shard cannot listen; it tries again');
    setTimeout(() => this.sendListen(shard), listenRetryMs);
  }

  private died(shard: number, error: unknown): boolean {
    const { failures, directories, node } = this.options;
    const survives = failures.died(shard);
    if (this.isStopping) {
      this.reported(shard, { kind: 'closed', failedDirectories: [...directories.keys()] });
      return false;
    }
    if (!survives || !this.isListening) {
      node.fatal(`shard ${shard} died: ${failures.recent} deaths within a minute`, error);
      return false;
    }
    // Logs that it had open were not closed: they are recovered when they are opened again.
    for (const directory of directories) directory.isClean = false;
    this.memory.renew(shard);
    return true;
  }
}
