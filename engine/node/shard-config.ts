import type { TopicRow } from '../base/brands.ts';
import { compressionCodec } from '../base/codec.ts';
import type { TopicDirectory } from '../metadata/columns/topic-directory.ts';
import { type BrokerConfig, parseBrokerConfig, parseConnectionOverrides } from '../metadata/config/broker-config.ts';
import { type EffectiveBrokerConfig, noDynamicConfigs, resolveBroker } from '../metadata/config/resolve.ts';
import { type TopicConfig, topicConfig } from '../metadata/config/topic-config.ts';
import type { BrokerConfigs } from '../metadata/delta.ts';
import type { TopicSettings } from '../replica/host.ts';
import { throttledPartitions } from '../replica/throttle.ts';

/** Decodes a topic's overrides from the bytes in its row. */
export type OverridesDecoder = (bytes: Uint8Array) => ReadonlyMap<string, string>;

const codecOf: Readonly<Record<TopicConfig['compressionType'], number | null>> = {
  producer: null,
  uncompressed: compressionCodec.none,
  gzip: compressionCodec.gzip,
  snappy: compressionCodec.snappy,
  lz4: compressionCodec.lz4,
  zstd: compressionCodec.zstd,
};

/** Configuration as one shard has it: the broker's, static and dynamic, and each topic's that was asked for. */
export class ShardConfig {
  readonly fixed: BrokerConfig;
  effective: EffectiveBrokerConfig;
  /** `max.connections.per.ip.overrides`. */
  perIpOverrides: ReadonlyMap<string, number>;
  private readonly topics: TopicDirectory;
  private readonly decode: OverridesDecoder;
  private readonly settings = new Map<TopicRow, { generation: number; settings: TopicSettings }>();
  private defaults: TopicSettings | undefined;

  constructor(properties: ReadonlyMap<string, string>, topics: TopicDirectory, decode: OverridesDecoder) {
    this.fixed = parseBrokerConfig(properties);
    this.effective = resolveBroker(this.fixed, noDynamicConfigs);
    this.perIpOverrides = this.fixed.maxConnectionsPerIpOverrides;
    this.topics = topics;
    this.decode = decode;
  }

  number(name: string): number {
    return this.effective.values.number(name);
  }

  /** Dynamic values changed: everything derived from them is derived again. */
  setDynamic(configs: BrokerConfigs): void {
    this.effective = resolveBroker(this.fixed, {
      clusterWide: new Map(configs.cluster),
      ofBroker: new Map(configs.broker),
    });
    this.perIpOverrides = parseConnectionOverrides(this.effective.values.text('max.connections.per.ip.overrides'));
    this.settings.clear();
    this.defaults = undefined;
  }

  forgetTopic(row: TopicRow): void {
    this.settings.delete(row);
  }

  topicSettings(row: TopicRow): TopicSettings {
    const bytes = this.topics.configOf(row);
    if (bytes.length === 0) return (this.defaults ??= this.derive(new Map()));
    const generation = this.topics.generationOf(row);
    const known = this.settings.get(row);
    if (known !== undefined && known.generation === generation) return known.settings;
    const settings = this.derive(this.decode(bytes));
    this.settings.set(row, { generation, settings });
    return settings;
  }

  private derive(overrides: ReadonlyMap<string, string>): TopicSettings {
    const topic = topicConfig(overrides, this.effective.values);
    const { nodeId } = this.fixed;
    return {
      log: topic,
      validation: {
        maxMessageBytes: topic.maxMessageBytes,
        segmentBytes: topic.segmentBytes,
        isCompacted: topic.cleanupCompact,
        isLogAppendTime: topic.messageTimestampType === 'LogAppendTime',
        timestampBeforeMaxMs: topic.messageTimestampBeforeMaxMs,
        timestampAfterMaxMs: topic.messageTimestampAfterMaxMs,
        targetCodec: codecOf[topic.compressionType] as TopicSettings['validation']['targetCodec'],
        targetLevel: levelOf(topic),
      },
      minInsyncReplicas: topic.minInsyncReplicas,
      leaderThrottled: throttledPartitions(topic.leaderThrottledReplicas, nodeId),
      followerThrottled: throttledPartitions(topic.followerThrottledReplicas, nodeId),
    };
  }
}

function levelOf(topic: TopicConfig): number | undefined {
  if (topic.compressionType === 'gzip') return topic.compressionGzipLevel;
  if (topic.compressionType === 'lz4') return topic.compressionLz4Level;
  if (topic.compressionType === 'zstd') return topic.compressionZstdLevel;
  return undefined;
}
