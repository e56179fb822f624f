import type { NodeId } from '../base/brands.ts';
import type { ReplicationHost, TopicSettings } from './host.ts';
import type { Leadership } from './leadership.ts';

/** The partitions of a topic whose replicas on this node are throttled on one side (KIP-73). */
export type ThrottledPartitions = 'all' | ReadonlySet<number>;

/** Reads `leader.` or `follower.replication.throttled.replicas`: pairs `partition:broker`, or `*` alone. */
export function throttledPartitions(list: readonly string[], nodeId: NodeId): ThrottledPartitions {
  if (list.includes('*')) return 'all';
  const pairs = list.filter((one) => one !== '').map((one) => one.split(':').map(Number));
  return new Set(pairs.filter(([, broker]) => broker === nodeId).map(([partition]) => partition!));
}

/** How the copying of one partition is throttled here. */
export class Throttle {
  private readonly partition: number;
  private readonly host: ReplicationHost;
  private readonly settings: () => TopicSettings;

  constructor(partition: number, host: ReplicationHost, settings: () => TopicSettings) {
    this.partition = partition;
    this.host = host;
    this.settings = settings;
  }

  /** A follower that is out of sync gets nothing while the leader's quota is exceeded. */
  holdsBack(follower: NodeId, leadership: Leadership | null): boolean {
    if (!this.isOfLeader || leadership?.isr.includes(follower) === true) return false;
    return this.host.leaderQuota.isExceeded();
  }

  /** A follower was sent so much: in sync or not, it counts. */
  sent(bytes: number): void {
    if (this.isOfLeader) this.host.leaderQuota.record(bytes);
  }

  private get isOfLeader(): boolean {
    return this.names(this.settings().leaderThrottled);
  }

  get isOfFollower(): boolean {
    return this.names(this.settings().followerThrottled);
  }

  private names(throttled: ThrottledPartitions): boolean {
    return throttled === 'all' || throttled.has(this.partition);
  }
}
