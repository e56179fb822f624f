import type { ThreadIndex } from '../../base/brands.ts';
import type { ConfigValues } from '../../metadata/config/values.ts';
import type { ReplicationQuota } from '../../replica/host.ts';
import { type RateDescription, SharedRate } from './shared-rate.ts';

/** The rates of a node's throttled replication, as plain data. */
export interface ReplicationRates {
  /** Of what throttled replicas elsewhere are sent. */
  readonly leader: RateDescription;
  /** Of what throttled replicas here copy. */
  readonly follower: RateDescription;
}

export function allocateReplicationRates(shards: number, config: Pick<ConfigValues, 'number'>): ReplicationRates {
  const windows = SharedRate.windows(
    config.number('replication.quota.window.num'),
    config.number('replication.quota.window.size.seconds'),
  );
  return { leader: SharedRate.allocate(shards, windows), follower: SharedRate.allocate(shards, windows) };
}

/** For whoever only wants to know them. */
export function readReplicationRates({ leader, follower }: ReplicationRates, sharedMs: () => number) {
  const [sent, copied] = [leader, follower].map((rate) => new SharedRate(rate, 0, sharedMs));
  return { leader: () => sent!.bytesPerSecond(), follower: () => copied!.bytesPerSecond() };
}

/** The bound on one side: of the node, however its shards share the throttled partitions. */
export class NodeQuota implements ReplicationQuota {
  private readonly rate: SharedRate;
  private readonly boundBytesPerSecond: () => number;

  constructor(
    description: RateDescription,
    shard: ThreadIndex,
    sharedMs: () => number,
    boundBytesPerSecond: () => number,
  ) {
    this.rate = new SharedRate(description, shard, sharedMs);
    this.boundBytesPerSecond = boundBytesPerSecond;
  }

  isExceeded(): boolean {
    const bound = this.boundBytesPerSecond();
    return bound !== Number.POSITIVE_INFINITY && this.rate.bytesPerSecond() > bound;
  }

  record(bytes: number): void {
    this.rate.record(bytes);
  }
}
