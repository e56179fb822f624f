/** What a topic's configuration means to its logs and to those who write to it. */
import { topicKeys } from './definitions.ts';
import { topicSynonyms } from './synonyms.ts';
import { ConfigError, type ConfigValue, longMax } from './types.ts';
import { ConfigValues, parseValue } from './values.ts';

export type CompressionType = 'uncompressed' | 'zstd' | 'lz4' | 'snappy' | 'gzip' | 'producer';

/** Times in milliseconds, sizes in bytes; "never" and "without limit" are Infinity unless the line says otherwise. */
export interface TopicConfig {
  /** segment.bytes; internal.segment.bytes where that is set. */
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
  /** producer.id.expiration.ms, a key of the broker. */
  readonly producerIdExpirationMs: number;
  /** max.message.bytes: of a batch, as it arrives. */
  readonly maxMessageBytes: number;
  readonly compressionType: CompressionType;
  readonly compressionGzipLevel: number;
  readonly compressionLz4Level: number;
  readonly compressionZstdLevel: number;
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime';
  readonly messageTimestampBeforeMaxMs: number;
  readonly messageTimestampAfterMaxMs: number;
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElectionEnable: boolean;
  readonly preallocate: boolean;
  readonly deleteRetentionMs: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
  readonly minCleanableDirtyRatio: number;
  readonly remoteStorageEnable: boolean;
  /** -2: as retention.ms. */
  readonly localRetentionMs: number;
  /** -2: as retention.bytes. */
  readonly localRetentionBytes: number;
  /** Pairs `partition:broker`, or `*` alone. */
  readonly leaderThrottledReplicas: readonly string[];
  readonly followerThrottledReplicas: readonly string[];
}

/**
 * The value of each topic key: the topic's own where there is a good one, else what the broker's keys say. A topic's
 * own value that is not acceptable (a log written by another release) is passed over.
 */
export function topicValues(overrides: ReadonlyMap<string, string>, broker: ConfigValues): ConfigValues {
  const values = new Map<string, ConfigValue>();
  for (const key of topicKeys.values()) {
    const own = overrides.get(key.name);
    const value = own === undefined ? undefined : acceptable(() => parseValue(key, own));
    values.set(key.name, value === undefined ? topicDefault(key.name, broker) : value);
  }
  return new ConfigValues(values);
}

function acceptable(parse: () => ConfigValue): ConfigValue | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** The value of a topic key where the topic has none: from the strongest of the broker's keys behind it that is set. */
function topicDefault(name: string, broker: ConfigValues): ConfigValue {
  const key = topicKeys.get(name);
  const fallback = key?.defaultValue ?? null;
  for (const synonym of topicSynonyms.get(name) ?? []) {
    const value = broker.get(synonym.name);
    if (value === null) continue;
    const scaled = scale(value, synonym.factor);
    // Kafka reads any negative retention of the broker as "for ever".
    return name === 'retention.ms' && (scaled as bigint) < 0n ? -1n : scaled;
  }
  return fallback;
}

function scale(value: ConfigValue, factor: number): ConfigValue {
  if (factor === 1) return value;
  const scaled = BigInt(value as number | bigint) * BigInt(factor);
  return scaled > longMax ? longMax : scaled;
}

export function topicConfig(overrides: ReadonlyMap<string, string>, broker: ConfigValues): TopicConfig {
  const values = topicValues(overrides, broker);
  const number = (name: string) => values.number(name);
  const cleanup = values.list('cleanup.policy');
  return {
    segmentBytes: values.numberOrNull('internal.segment.bytes') ?? number('segment.bytes'),
    segmentMs: number('segment.ms'),
    segmentJitterMs: number('segment.jitter.ms'),
    segmentIndexBytes: number('segment.index.bytes'),
    indexIntervalBytes: number('index.interval.bytes'),
    retentionMs: number('retention.ms') === Number.POSITIVE_INFINITY ? -1 : number('retention.ms'),
    retentionBytes: number('retention.bytes') === Number.POSITIVE_INFINITY ? -1 : number('retention.bytes'),
    fileDeleteDelayMs: number('file.delete.delay.ms'),
    flushMessages: number('flush.messages'),
    flushMs: number('flush.ms'),
    cleanupDelete: cleanup.includes('delete'),
    cleanupCompact: cleanup.includes('compact'),
    producerIdExpirationMs: broker.number('producer.id.expiration.ms'),
    maxMessageBytes: number('max.message.bytes'),
    compressionType: values.text('compression.type') as CompressionType,
    compressionGzipLevel: number('compression.gzip.level'),
    compressionLz4Level: number('compression.lz4.level'),
    compressionZstdLevel: number('compression.zstd.level'),
    messageTimestampType: values.text('message.timestamp.type') as TopicConfig['messageTimestampType'],
    messageTimestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
    messageTimestampAfterMaxMs: number('message.timestamp.after.max.ms'),
    minInsyncReplicas: number('min.insync.replicas'),
    uncleanLeaderElectionEnable: values.boolean('unclean.leader.election.enable'),
    preallocate: values.boolean('preallocate'),
    deleteRetentionMs: number('delete.retention.ms'),
    minCompactionLagMs: number('min.compaction.lag.ms'),
    maxCompactionLagMs: number('max.compaction.lag.ms'),
    minCleanableDirtyRatio: number('min.cleanable.dirty.ratio'),
    remoteStorageEnable: values.boolean('remote.storage.enable'),
    localRetentionMs: number('local.retention.ms'),
    localRetentionBytes: number('local.retention.bytes'),
    leaderThrottledReplicas: values.list('leader.replication.throttled.replicas'),
    followerThrottledReplicas: values.list('follower.replication.throttled.replicas'),
  };
}
