import type { NodeId, TopicId, TopicRow } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import type { Checksum, Compression } from '../base/codec.ts';
import type { Logger } from '../base/logger.ts';
import type { RecordWalk } from '../base/record-walk.ts';
import type { LogConfig } from '../log/config.ts';
import type { CompletedBatch } from '../log/validation/complete-batch.ts';
import type { ValidationConfig } from '../log/validation/validation-types.ts';
import type { AlterPartitionResult, BrokerStates, ProposedChange } from './leadership.ts';
import type { ThrottledPartitions } from './throttle.ts';

/** What a topic's effective configuration means to its partitions. Made anew when it changes. */
export interface TopicSettings {
  readonly log: LogConfig;
  /** `topicPartition` is filled in by each partition. */
  readonly validation: Omit<ValidationConfig, 'topicPartition'>;
  readonly minInsyncReplicas: number;
  /** Whose followers are sent no more than the leader's quota, and what copies no more than the follower's. */
  readonly leaderThrottled: ThrottledPartitions;
  readonly followerThrottled: ThrottledPartitions;
}

/** A bound on what the throttled replicas of a node move in a second, on one side (KIP-73). */
export interface ReplicationQuota {
  isExceeded(): boolean;
  record(bytes: number): void;
}

/** Work on single batches that would hold a shard up, done in the background pool. */
export interface BatchJobs {
  /** Inflates and checks a compressed batch; recompresses it when the topic wants another codec. */
  checkCompressed(
    batch: Uint8Array,
    config: ValidationConfig,
    nowMs: number,
    done: (outcome: CompletedBatch) => void,
  ): void;
}

/** A change of a partition's ISR that its leader asks the controller for (AlterPartition, KIP-497). */
export interface IsrChange extends ProposedChange {
  readonly topicId: TopicId;
  readonly partition: number;
}

/** What partitions with followers need of the node. */
export interface ReplicationHost {
  readonly nodeId: NodeId;
  readonly brokers: BrokerStates;
  readonly leaderQuota: ReplicationQuota;
  readonly followerQuota: ReplicationQuota;
  /** replica.lag.time.max.ms */
  lagTimeMaxMs(): number;
  /**
   * Asks for a change of the ISR; `done` comes once, with what the controller answered. `current` is asked whenever the
   * request is made (again), and answers null when nothing is wanted any longer: then `done` does not come.
   */
  alterPartition(current: () => IsrChange | null, done: (asked: IsrChange, result: AlterPartitionResult) => void): void;
  /** Counts what was copied from leaders. */
  countCopied(bytes: number): void;
  countIsrChange(what: 'shrinks' | 'expands' | 'failedUpdates'): void;
}

export type CheckpointFiles = 'all' | 'log-starts';

/** How moves of logs between directories are bounded. */
export interface MoveBounds {
  /** Moves of this shard that copy at a time. */
  atOnce(): number;
  /** This shard's share of `replica.alter.log.dirs.io.max.bytes.per.second`. */
  bytesPerSecond(): number;
  /** Whether this shard takes a share of that. */
  setMoving(isMoving: boolean): void;
  /** Whether the controller keeps account of directories (metadata.version 3.7-IV2). */
  areDirectoriesAssigned(): boolean;
}

/** What partitions need of the thread that they live in. */
export interface ReplicaHost {
  readonly clock: Clock;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly recordWalk: RecordWalk;
  readonly logger: Logger;
  readonly jobs: BatchJobs;
  readonly replication: ReplicationHost;
  readonly moves: MoveBounds;
  settingsOf(topicRow: TopicRow): TopicSettings;
  /** The partition has staged batches: `submit` is to be called before the turn ends. */
  needsSubmit(submittable: { submit(): void }): void;
  /** `file.delete.delay.ms` of the broker, for what outlives its topic. */
  fileDeleteDelayMs(): number;
  /**
   * Has the directories' checkpoint files written, all or those of log starts; `done` when they say what the runtime
   * columns say now, or later.
   */
  writeCheckpoints(which: CheckpointFiles, done: () => void): void;
  /** Whether a log directory takes no new logs (cordoned.log.dirs). */
  isCordoned(root: string): boolean;
  /** Counts what was appended. */
  countAppended(topicRow: TopicRow, topicGeneration: number, bytes: number, records: number): void;
}
