import type { ThreadIndex } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import type { ConfigValues } from '../metadata/config/values.ts';
import { ConnectionCounts } from '../net/connection-counts.ts';
import { Metrics } from '../node/metrics.ts';
import { CleanerSlots } from '../node/partitions/cleaner-slots.ts';
import { MoveShares } from '../node/partitions/move-shares.ts';
import { allocateReplicationRates, type ReplicationRates } from '../node/partitions/replication-quotas.ts';
import { Pulse, PulseWatch } from '../node/pulse.ts';
import { HeapBudget } from '../node/shard-ingress.ts';

const deathWindowMs = 60_000;

export interface ShardFailuresOptions {
  readonly shards: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Deaths within a minute after which the process goes on; one more, and it is given up. */
  readonly deathsAllowed: number;
  /** A shard that is this late is as good as gone. */
  readonly stuckAfterMs: number;
  readonly config: ConfigValues;
}

/** What shards share in numbers, so that it can be put right when one dies; and the look at whether they live. */
export class ShardFailures {
  readonly connectionCounts: SharedArrayBuffer;
  readonly heapBudget: SharedArrayBuffer;
  readonly cleanerSlots = CleanerSlots.allocate();
  readonly replicationRates: ReplicationRates;
  readonly moveShares: SharedArrayBuffer;
  readonly pulses: SharedArrayBuffer;
  readonly metrics: readonly SharedArrayBuffer[];
  readonly watch: PulseWatch;
  private readonly options: ShardFailuresOptions;
  private readonly timer: NodeJS.Timeout;
  private deaths: number[] = [];
  private readonly deathCounts: number[];

  constructor(options: ShardFailuresOptions) {
    const { shards, clock, logger, stuckAfterMs, config } = options;
    this.options = options;
    this.connectionCounts = ConnectionCounts.allocate(shards);
    this.heapBudget = HeapBudget.allocate(shards);
    this.moveShares = MoveShares.allocate(shards);
    this.pulses = Pulse.allocate(shards);
    this.replicationRates = allocateReplicationRates(shards, config);
    // Topics with counters of their own, a shard.
    const topics = config.number('millrace.metrics.topics.max');
    this.metrics = Array.from({ length: shards }, () => Metrics.allocate(topics));
    this.deathCounts = new Array<number>(shards).fill(0);
    this.watch = new PulseWatch(this.pulses, shards, stuckAfterMs, clock, logger);
    this.timer = setInterval(() => this.watch.check(), limits.pulseIntervalMs);
    this.timer.unref();
  }

  /** Takes what the shard held in shared counters off them. False: that was one death too many. */
  died(shard: ThreadIndex): boolean {
    this.watch.end(shard);
    this.deathCounts[shard]! += 1;
    ConnectionCounts.forget(this.connectionCounts, shard);
    HeapBudget.forget(this.heapBudget, shard);
    new Metrics(this.metrics[shard]!).died();
    CleanerSlots.forget(this.cleanerSlots, shard);
    MoveShares.forget(this.moveShares, shard);
    const now = this.options.clock.monotonicMs();
    this.deaths = this.deaths.filter((atMs) => now - atMs <= deathWindowMs);
    this.deaths.push(now);
    return this.deaths.length <= this.options.deathsAllowed;
  }

  deathsOf(shard: ThreadIndex): number {
    return this.deathCounts[shard]!;
  }

  /** Deaths within the last minute. */
  get recent(): number {
    return this.deaths.length;
  }

  close(): void {
    clearInterval(this.timer);
  }
}
