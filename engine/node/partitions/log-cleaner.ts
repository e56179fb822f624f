import type { PartitionRow } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import { cleanerLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import type { CleaningJobs, CleaningReport, CleaningSettings } from '../../log/compaction/cleaning-request.ts';
import type { CleaningPlan } from '../../log/compaction/plan-cleaning.ts';
import { visitLogs } from '../../replica/log-visits.ts';
import type { Partition } from '../../replica/partition.ts';
import type { ShardReplicas } from '../../replica/shard-replicas.ts';
import type { ShardConfig } from '../shard-config.ts';
import type { CleanerSlots } from './cleaner-slots.ts';

export interface LogCleanerOptions {
  readonly replicas: ShardReplicas;
  readonly config: ShardConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: Random;
  readonly jobs: CleaningJobs;
  readonly slots: CleanerSlots;
}

/** What was found of a log that is not dirty enough. */
interface Look {
  readonly topicGeneration: number;
  readonly logEndOffset: number;
  /** Wall clock: then it may be, without a record more. */
  readonly nextLookMs: number;
}

interface Candidate {
  readonly row: PartitionRow;
  readonly dirtyRatio: number;
}

/**
 * Has the compacted logs of a shard cleaned, the dirtiest first: looks for those that are due, lets the background pool
 * do the work, as many at a time as `log.cleaner.threads` allows on the node, and rests for `log.cleaner.backoff.ms` when
 * there is nothing to do.
 */
export class LogCleaner {
  private readonly options: LogCleanerOptions;
  private isLooking = false;
  private nextLookMs = 0;
  private looks = new Map<PartitionRow, Look>();
  private readonly cleaning = new Set<PartitionRow>();
  /** Logs that can't be cleaned while this process lives, with the generation of their topic. */
  private readonly uncleanable = new Map<PartitionRow, number>();

  constructor(options: LogCleanerOptions) {
    this.options = options;
  }

  /** What was found is found anew. */
  configChanged(): void {
    this.looks.clear();
  }

  tick(): void {
    const { clock, config } = this.options;
    const now = clock.monotonicMs();
    if (this.isLooking || now < this.nextLookMs || !config.effective.values.boolean('log.cleaner.enable')) return;
    if (this.threads === 0) return;
    this.nextLookMs = now + config.number('log.cleaner.backoff.ms');
    this.look();
  }

  private get threads(): number {
    return this.options.config.number('log.cleaner.threads');
  }

  private look(): void {
    const { clock } = this.options;
    const candidates: Candidate[] = [];
    this.isLooking = true;
    const visit = (partition: Partition, next: () => void): void => {
      const nowMs = clock.wallMs();
      partition.log.planCleaning(nowMs, (error, plan) => {
        if (error !== null)
          this.options.logger.warn({ err: error, partition: partition.name }, 'a log was not looked at');
        else this.note(partition, plan, candidates);
        next();
      });
    };
    this.visit(this.compactedRows(), visit, () => {
      this.isLooking = false;
      candidates.sort((a, b) => b.dirtyRatio - a.dirtyRatio);
      for (const { row } of candidates) if (!this.begin(row)) break;
    });
  }

  private note(partition: Partition, plan: CleaningPlan, candidates: Candidate[]): void {
    const { row, topicGeneration } = partition.identity;
    const { isDue, dirtyRatio, nextLookMs } = plan;
    if (isDue) candidates.push({ row, dirtyRatio });
    else this.looks.set(row, { topicGeneration, logEndOffset: partition.log.logEndOffset, nextLookMs });
  }

  private visit(
    rows: readonly PartitionRow[],
    visit: (partition: Partition, next: () => void) => void,
    done: () => void,
  ): void {
    const { replicas } = this.options;
    let left = replicas.directories.length;
    visitLogs(replicas, rows, cleanerLimits.looksAtOnce, visit, () => {
      left -= 1;
      if (left === 0) done();
    });
  }

  /** Logs of compacted topics that may have become dirty since they were last looked at. */
  private compactedRows(): PartitionRow[] {
    const { replicas, config, clock } = this.options;
    const { topics, partitions } = replicas.metadata;
    const nowMs = clock.wallMs();
    const rows: PartitionRow[] = [];
    const looks = new Map<PartitionRow, Look>();
    topics.forEachTopic((topicRow) => {
      if (!config.topicSettings(topicRow).log.cleanupCompact) return;
      const count = topics.partitionCountOf(topicRow);
      for (let partition = 0; partition < count; partition++) {
        const row = topics.partitionRow(topicRow, partition);
        if (row < 0 || !partitions.isLive(row) || !this.mayBeCleaned(row)) continue;
        const look = this.looks.get(row);
        if (look !== undefined && this.isStill(row, look, nowMs)) looks.set(row, look);
        else rows.push(row);
      }
    });
    // What is not among them any more is forgotten.
    this.looks = looks;
    return rows;
  }

  private mayBeCleaned(row: PartitionRow): boolean {
    const { replicas } = this.options;
    const { partitions, runtime } = replicas.metadata;
    if (runtime.logDirectory(row) < 0 || !replicas.owns(row) || replicas.needsRecovery(row)) return false;
    return !this.cleaning.has(row) && this.uncleanable.get(row) !== partitions.topicGeneration(row);
  }

  private isStill(row: PartitionRow, look: Look, nowMs: number): boolean {
    const { partitions, runtime } = this.options.replicas.metadata;
    const isSame = look.topicGeneration === partitions.topicGeneration(row);
    return isSame && look.logEndOffset === runtime.logEndOffset(row) && nowMs < look.nextLookMs;
  }

  /** False when the node cleans as many logs as it may. */
  private begin(row: PartitionRow): boolean {
    const { slots, clock } = this.options;
    const slot = slots.take(this.threads);
    if (slot < 0) return false;
    this.cleaning.add(row);
    this.visit(
      [row],
      (partition, next) => {
        partition.log.planCleaning(clock.wallMs(), (error, plan) => {
          if (error === null && plan.isDue) this.clean(partition, plan, next);
          else next();
        });
      },
      () => {
        this.cleaning.delete(row);
        slots.giveBack(slot);
      },
    );
    return true;
  }

  private clean(partition: Partition, plan: CleaningPlan, next: () => void): void {
    const { clock, jobs } = this.options;
    const startedMs = clock.monotonicMs();
    partition.log.clean(plan, this.settings(), jobs, (report) => {
      partition.published.end();
      this.ended(partition, report, Math.round(clock.monotonicMs() - startedMs));
      next();
    });
  }

  private settings(): CleaningSettings {
    const { config, random } = this.options;
    const threads = Math.max(1, this.threads);
    const hashKey = new Uint8Array(16);
    random.fill(hashKey);
    return {
      mapBytes: Math.floor(config.number('log.cleaner.dedupe.buffer.size') / threads),
      loadFactor: config.number('log.cleaner.io.buffer.load.factor'),
      readBytes: Math.floor(config.number('log.cleaner.io.buffer.size') / threads / 2),
      bytesPerSecond: config.number('log.cleaner.io.max.bytes.per.second') / threads,
      hashKey: new Uint32Array(hashKey.buffer),
    };
  }

  private ended(partition: Partition, report: CleaningReport, ms: number): void {
    const { logger, clock } = this.options;
    const { status, detail, cleanedOffset, bytesRead, bytesWritten } = report;
    const { name } = partition;
    if (status === 'cleaned') {
      logger.info({ partition: name, cleanedOffset, bytesRead, bytesWritten, ms }, 'a log was cleaned');
      // There may be more to do at once.
      this.nextLookMs = clock.monotonicMs();
    } else if (status === 'corrupt' || status === 'too-large') {
      this.uncleanable.set(partition.identity.row, partition.identity.topicGeneration);
      logger.error({ partition: name, status, detail }, 'a log can not be cleaned, and is left as it is');
    } else if (status === 'failed') {
      logger.warn({ partition: name, detail }, 'the cleaning of a log failed; it is tried again');
    }
  }
}
