import type { PartitionRow } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import { upkeepLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { visitLogs } from '../../replica/log-visits.ts';
import type { Partition } from '../../replica/partition.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';
import type { ShardConfig } from '../shard-config.ts';

/**
 * What time alone does to the partitions of a shard: flushes that are due, retention, producers that fell silent, logs
 * that nobody uses any more, and recovery of those that the last process left as they were.
 */
export class PartitionUpkeep {
  private readonly replicas: ShardReplicas;
  private readonly config: ShardConfig;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly shards: number;
  private nextRetentionMs: number;
  private nextExpiryMs: number;
  private nextFlushCheckMs = 0;
  private nextIdleCheckMs: number;
  /** Retention walks over logs that nobody uses; the next walk waits for its end. */
  private isWalking = false;
  /** Configurations changed: what was said of when to look again counts no more. */
  private isPlanStale = false;
  private readonly offline = new Set<number>();
  /** Directories whose logs were left by a process that died, and are not all recovered. */
  private readonly unrecovered = new Set<number>();

  constructor(replicas: ShardReplicas, config: ShardConfig, clock: Clock, logger: Logger, shards: number) {
    this.replicas = replicas;
    this.config = config;
    this.clock = clock;
    this.logger = logger;
    this.shards = shards;
    const now = clock.monotonicMs();
    replicas.nowMs = now;
    replicas.directories.forEach(({ isClean }, index) => {
      if (!isClean) this.unrecovered.add(index);
    });
    const firstMs = config.number('log.initial.task.delay.ms');
    this.nextRetentionMs = now + Math.min(firstMs, config.number('log.retention.check.interval.ms'));
    this.nextExpiryMs = now + config.number('producer.id.expiration.check.interval.ms');
    this.nextIdleCheckMs = now + upkeepLimits.idleCheckMs;
  }

  /** Directories that still hold logs in need of recovery. */
  get unrecoveredDirectories(): ReadonlySet<number> {
    return this.unrecovered;
  }

  configChanged(): void {
    this.isPlanStale = true;
  }

  /** Recovers, in the background, what lies in directories that were not closed properly; requests come first. */
  recover(): void {
    const rows = this.ownRows((row) => this.replicas.needsRecovery(row));
    const { directories } = this.replicas;
    const atOnce = Math.max(1, Math.ceil(this.config.number('num.recovery.threads.per.data.dir') / this.shards));
    const counts = directories.map(() => 0);
    const { runtime } = this.replicas.metadata;
    const startedMs = this.clock.monotonicMs();
    visitLogs(
      this.replicas,
      rows,
      atOnce,
      (partition, next) => {
        const index = runtime.logDirectory(partition.identity.row);
        if (index >= 0) counts[index]! += 1;
        this.keepForRetries(partition);
        next();
      },
      (index) => {
        const { disk, isClean } = directories[index]!;
        if (isClean) return;
        this.unrecovered.delete(index);
        const ms = Math.round(this.clock.monotonicMs() - startedMs);
        if (counts[index]! > 0) this.logger.info({ directory: disk.root, logs: counts[index], ms }, 'logs recovered');
      },
    );
  }

  /**
   * Producers that were cut off send again what was not answered, up to five batches. A snapshot tells of one batch
   * only, so a log with producers stays open for a while: closed at once, it would take the four before for gaps.
   */
  private keepForRetries(partition: Partition): void {
    const isCrowded = this.replicas.liveCount > upkeepLimits.livePartitions;
    if (!isCrowded && partition.log.producers.size > 0) partition.keptSinceMs = this.replicas.nowMs;
  }

  tick(): void {
    const now = this.clock.monotonicMs();
    this.replicas.nowMs = now;
    this.noticeOffline();
    if (now >= this.nextFlushCheckMs) {
      this.nextFlushCheckMs = now + Math.min(this.config.number('log.flush.scheduler.interval.ms'), 1000);
      const wallMs = this.clock.wallMs();
      this.each((partition) => this.flushIfDue(partition, wallMs));
    }
    if (now >= this.nextExpiryMs) {
      this.nextExpiryMs = now + this.config.number('producer.id.expiration.check.interval.ms');
      this.each((partition) => partition.log.removeExpiredProducers(this.clock.wallMs()));
    }
    if (now >= this.nextRetentionMs && !this.isWalking) {
      this.nextRetentionMs = now + this.config.number('log.retention.check.interval.ms');
      this.retain();
    }
    if (now >= this.nextIdleCheckMs) {
      this.nextIdleCheckMs = now + upkeepLimits.idleCheckMs;
      this.closeIdle(now);
    }
  }

  private each(action: (partition: Partition) => void): void {
    for (const partition of this.replicas.live()) if (partition.isOnline && !partition.isOpening) action(partition);
  }

  private ownRows(wanted: (row: PartitionRow) => boolean): PartitionRow[] {
    const { partitions, runtime } = this.replicas.metadata;
    const rows: PartitionRow[] = [];
    partitions.forEachRow((row) => {
      if (runtime.logDirectory(row) >= 0 && this.replicas.owns(row) && wanted(row)) rows.push(row);
    });
    return rows;
  }

  /** Who waits for a partition of a directory that went offline is told now. */
  private noticeOffline(): void {
    this.replicas.directories.forEach(({ disk }, index) => {
      if (disk.isOnline() || this.offline.has(index)) return;
      this.offline.add(index);
      this.each((partition) => partition.checkDirectory());
    });
  }

  private flushIfDue(partition: Partition, wallMs: number): void {
    partition.published.recoveryPoint();
    if (!partition.log.isFlushDue(wallMs)) return;
    partition.log.flush((error) => {
      if (error !== null) this.logger.error({ err: error, partition: partition.name }, 'a flush failed');
      else partition.published.recoveryPoint();
    });
  }

  /** Logs without an object are opened when their oldest segment may be due, and that only. */
  private retain(): void {
    const { runtime } = this.replicas.metadata;
    const wallMs = this.clock.wallMs();
    const looksAtAll = this.isPlanStale;
    this.isPlanStale = false;
    const rows = this.ownRows(
      (row) => this.replicas.isLive(row) || looksAtAll || runtime.nextRetentionMs(row) <= wallMs,
    );
    let left = this.replicas.directories.length;
    this.isWalking = true;
    visitLogs(
      this.replicas,
      rows,
      upkeepLimits.visitsAtOnce,
      (partition, next) => this.applyRetention(partition, next),
      () => {
        left -= 1;
        if (left === 0) this.isWalking = false;
      },
    );
  }

  private applyRetention(partition: Partition, next: () => void): void {
    const nowMs = this.clock.wallMs();
    partition.log.applyRetention(nowMs, (error, deleted) => {
      if (error !== null) {
        this.logger.warn({ err: error, partition: partition.name }, 'retention failed');
      } else {
        if (deleted > 0) {
          this.logger.info({ partition: partition.name, segments: deleted }, 'segments were deleted by retention');
          partition.published.start();
        }
        partition.published.retention();
      }
      next();
    });
  }

  /** The longer a partition was not named the sooner it goes; with many of them all those of a moment ago go. */
  private closeIdle(now: number): void {
    const isCrowded = this.replicas.liveCount > upkeepLimits.livePartitions;
    const before = now - (isCrowded ? upkeepLimits.crowdedIdleMs : upkeepLimits.idleMs);
    const idle: Partition[] = [];
    for (const partition of this.replicas.live()) {
      if (Math.max(partition.lastUsedMs, partition.keptSinceMs) > before || !partition.isIdle || !partition.isOnline)
        continue;
      idle.push(partition);
      if (idle.length >= upkeepLimits.closesPerCheck) break;
    }
    for (const partition of idle) this.replicas.dropIdle(partition, () => {});
  }
}
