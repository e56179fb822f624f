import type { PartitionRow } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Checksum, Compression } from '../../base/codec.ts';
import { groupLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { type GroupAnswer, type GroupQuestion, offsetsTopic } from '../../broker/group-questions.ts';
import { GroupMachine } from '../../groups/machine.ts';
import type { GroupConfig } from '../../groups/types.ts';
import { errorCode } from '../../protocol/errors.ts';
import { lostDirectory } from '../../replica/log-directory.ts';
import type { Partition } from '../../replica/partition.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';
import type { ShardConfig } from '../shard-config.ts';
import { GroupLoader } from './group-loader.ts';
import { GroupPartition } from './group-partition.ts';

export interface GroupMachinesOptions {
  readonly replicas: ShardReplicas;
  readonly config: ShardConfig;
  readonly nodeId: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly checksum: Checksum;
  readonly compression: Compression;
}

interface Kept {
  readonly groups: GroupPartition;
  readonly loader: GroupLoader | undefined;
  /** Told once: the partition is read, could not be, or is not wanted any more. */
  ended(): void;
}

const minuteMs = 60_000;

/**
 * The machines of this shard's partitions of `__consumer_offsets`. One that has a log is read before it is asked: in the
 * background once this node leads it, and at once when somebody asks. One without a log has nothing to be read.
 */
export class GroupMachines {
  private readonly options: GroupMachinesOptions;
  private readonly kept = new Map<PartitionRow, Kept>();
  /** Partitions that are to be read when others are, oldest first. */
  private readonly queue = new Set<PartitionRow>();
  /** Partitions that could not be read, and when (monotonic) that is tried again. */
  private readonly failed = new Map<PartitionRow, number>();
  private inBackground = 0;
  private isClosed = false;

  constructor(options: GroupMachinesOptions) {
    this.options = options;
  }

  /** Answers a call; what is returned gives it up. */
  ask({ row, topicGeneration, call }: GroupQuestion, answer: (answer: GroupAnswer) => void): (() => void) | undefined {
    const refuse = (code: number): undefined => {
      answer({ errorCode: code, reply: null });
    };
    if (!this.isServed(row, topicGeneration)) {
      this.drop(row);
      return refuse(errorCode.NOT_COORDINATOR);
    }
    const kept = this.kept.get(row) ?? (this.mayTry(row) ? this.load(row, () => {}) : null);
    if (kept === null) return refuse(errorCode.NOT_COORDINATOR);
    if (!kept.groups.isLoaded) return refuse(errorCode.COORDINATOR_LOAD_IN_PROGRESS);
    return kept.groups.call(call, answer);
  }

  /** This node leads these partitions, maybe for longer than this is known. */
  lead(rows: readonly PartitionRow[]): void {
    const { topics, partitions } = this.options.replicas.metadata;
    const topicRow = topics.findByNameString(offsetsTopic);
    if (topicRow < 0) return;
    for (const row of rows) if (partitions.topicRow(row) === topicRow) this.leadOne(row);
    this.pump();
  }

  private leadOne(row: PartitionRow): void {
    const { partitions, runtime } = this.options.replicas.metadata;
    const known = this.kept.get(row);
    if (known !== undefined) {
      if (known.groups.options.leaderEpoch === partitions.leaderEpoch(row)) return;
      this.drop(row);
    }
    if (runtime.logDirectory(row) >= 0) this.queue.add(row);
  }

  /** The partition is not this node's any longer. */
  drop(row: PartitionRow): void {
    this.queue.delete(row);
    this.failed.delete(row);
    const known = this.kept.get(row);
    if (known === undefined) return;
    this.kept.delete(row);
    known.loader?.stop();
    known.groups.unload();
    known.ended();
  }

  /** By now it is known which partitions have a log. */
  logsFound(): void {
    const { replicas, nodeId } = this.options;
    const { topics, partitions } = replicas.metadata;
    const topicRow = topics.findByNameString(offsetsTopic);
    const count = topicRow < 0 ? 0 : topics.partitionCountOf(topicRow);
    const rows = Array.from({ length: count }, (_, partition) => topics.partitionRow(topicRow, partition));
    this.lead(rows.filter((row) => partitions.leader(row) === nodeId && replicas.owns(row)));
  }

  topicsDeleted(topics: readonly string[]): void {
    for (const { groups } of this.kept.values()) groups.topicsDeleted(topics);
  }

  close(): void {
    this.isClosed = true;
    for (const row of [...this.kept.keys()]) this.drop(row);
  }

  private isServed(row: PartitionRow, topicGeneration: number): boolean {
    const { replicas, nodeId } = this.options;
    const { partitions, runtime } = replicas.metadata;
    if (this.isClosed || !partitions.isLive(row) || partitions.topicGeneration(row) !== topicGeneration) return false;
    if (partitions.leader(row) !== nodeId) return false;
    const directory = runtime.logDirectory(row);
    if (directory < 0) return directory !== lostDirectory;
    return replicas.directories[directory]?.disk.isOnline() === true;
  }

  private mayTry(row: PartitionRow): boolean {
    const atMs = this.failed.get(row);
    if (atMs !== undefined && this.options.clock.monotonicMs() < atMs) return false;
    this.failed.delete(row);
    return true;
  }

  private pump(): void {
    while (this.inBackground < groupLimits.loadsAtOnce && this.queue.size > 0) {
      const [row] = this.queue;
      this.queue.delete(row!);
      const topicGeneration = this.options.replicas.metadata.partitions.topicGeneration(row!);
      if (this.kept.has(row!) || !this.isServed(row!, topicGeneration)) continue;
      this.inBackground += 1;
      this.load(row!, () => {
        this.inBackground -= 1;
        this.pump();
      });
    }
  }

  /** Makes the machine of a partition, whose reading begins where there is something to read. Null: it can't be had. */
  private load(row: PartitionRow, ended: () => void): Kept | null {
    const { replicas, clock, checksum } = this.options;
    const { partitions, runtime } = replicas.metadata;
    const topicGeneration = partitions.topicGeneration(row);
    const machine = this.createMachine();
    const groups = new GroupPartition(machine, {
      row,
      topicGeneration,
      leaderEpoch: partitions.leaderEpoch(row),
      replicas,
      clock,
      checksum,
      lost: (lost) => {
        if (this.kept.get(row)?.groups === lost) this.drop(row);
      },
    });
    if (runtime.logDirectory(row) < 0) {
      groups.loaded();
      ended();
      return this.keep(row, { groups, loader: undefined, ended: () => {} });
    }
    const partition = replicas.find(row, topicGeneration);
    if (typeof partition === 'number') {
      ended();
      return null;
    }
    const loader = this.createLoader(partition, groups);
    const kept = this.keep(row, { groups, loader, ended: once(ended) });
    loader.start();
    return kept;
  }

  private createLoader(partition: Partition, groups: GroupPartition): GroupLoader {
    const { clock, logger, compression, config } = this.options;
    const { machine } = groups;
    const { row } = partition.identity;
    const startedMs = clock.monotonicMs();
    const bufferBytes = config.number('offsets.load.buffer.size');
    return new GroupLoader(partition, { machine, clock, compression, logger, bufferBytes }, (error) => {
      const kept = this.kept.get(row);
      if (error === null) {
        groups.loaded();
        const fields = { groups: machine.groups.size, ms: Math.round(clock.monotonicMs() - startedMs) };
        if (machine.groups.size > 0) logger.info({ partition: partition.name, ...fields }, 'groups are loaded');
        kept?.ended();
      } else {
        logger.error({ err: error, partition: partition.name }, 'groups could not be loaded');
        if (kept?.groups === groups) this.drop(row);
        this.failed.set(row, clock.monotonicMs() + groupLimits.loadRetryMs);
      }
    });
  }

  private keep(row: PartitionRow, kept: Kept): Kept {
    this.kept.set(row, kept);
    return kept;
  }

  private createMachine(): GroupMachine {
    const { logger, config, random } = this.options;
    return new GroupMachine({ logger, config: () => groupConfig(config), newUuid: () => randomUuid(random) });
  }
}

function groupConfig(config: ShardConfig): GroupConfig {
  return {
    minSessionTimeoutMs: config.number('group.min.session.timeout.ms'),
    maxSessionTimeoutMs: config.number('group.max.session.timeout.ms'),
    initialRebalanceDelayMs: config.number('group.initial.rebalance.delay.ms'),
    maxSize: config.number('group.max.size'),
    offsetMetadataMaxLength: config.number('offset.metadata.max.bytes'),
    offsetsRetentionMs: config.number('offsets.retention.minutes') * minuteMs,
    retentionCheckIntervalMs: config.number('offsets.retention.check.interval.ms'),
  };
}

/** A random uuid (version 4) as text, as Java prints it. */
function randomUuid(random: Random): string {
  const bytes = new Uint8Array(16);
  random.fill(bytes);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    run();
  };
}
