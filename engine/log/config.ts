/** What one topic's configuration means to its logs. Times in milliseconds, sizes in bytes; "never" is Infinity. */
export interface LogConfig {
  /** segment.bytes */
  readonly segmentBytes: number;
  /** segment.ms */
  readonly segmentMs: number;
  /** segment.jitter.ms */
  readonly segmentJitterMs: number;
  /** segment.index.bytes */
  readonly segmentIndexBytes: number;
  /** index.interval.bytes */
  readonly indexIntervalBytes: number;
  /** retention.ms; -1 keeps for ever. */
  readonly retentionMs: number;
  /** retention.bytes; -1 is without limit. */
  readonly retentionBytes: number;
  /** file.delete.delay.ms */
  readonly fileDeleteDelayMs: number;
  /** flush.messages */
  readonly flushMessages: number;
  /** flush.ms */
  readonly flushMs: number;
  /** cleanup.policy holds `delete`. */
  readonly cleanupDelete: boolean;
  /** cleanup.policy holds `compact`. */
  readonly cleanupCompact: boolean;
  /** delete.retention.ms */
  readonly deleteRetentionMs: number;
  /** min.compaction.lag.ms */
  readonly minCompactionLagMs: number;
  /** max.compaction.lag.ms */
  readonly maxCompactionLagMs: number;
  /** min.cleanable.dirty.ratio */
  readonly minCleanableDirtyRatio: number;
  /** producer.id.expiration.ms */
  readonly producerIdExpirationMs: number;
}

/** Kafka's defaults. */
export const defaultLogConfig: LogConfig = {
  segmentBytes: 1073741824,
  segmentMs: 604800000,
  segmentJitterMs: 0,
  segmentIndexBytes: 10485760,
  indexIntervalBytes: 4096,
  retentionMs: 604800000,
  retentionBytes: -1,
  fileDeleteDelayMs: 60000,
  flushMessages: Number.POSITIVE_INFINITY,
  flushMs: Number.POSITIVE_INFINITY,
  cleanupDelete: true,
  cleanupCompact: false,
  deleteRetentionMs: 86400000,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.POSITIVE_INFINITY,
  minCleanableDirtyRatio: 0.5,
  producerIdExpirationMs: 86400000,
};
