import type { Checksum, Compression } from '../base/codec.ts';
import type { Logger } from '../base/logger.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import type { MessageCodec } from '../node/mesh.ts';
import type { ShardTask } from '../node/shard-task.ts';

export interface NodeOptions {
  readonly properties: ReadonlyMap<string, string>;
  readonly config: BrokerConfig;
  readonly logger: Logger;
  readonly logLevel: ShardTask['logLevel'];
  /** Module of the shards' resident task. */
  readonly shardEntry: URL;
  /** Module of the thread that serves metrics; without it none are served. */
  readonly metricsEntry?: URL;
  readonly checksum: Checksum;
  readonly compression: Compression;
  readonly codec: MessageCodec;
  /** Deaths of shards within a minute that the process survives; two unless said otherwise. */
  readonly shardDeathsAllowed?: number;
  /** A limit for each shard's heap in place of V8's own. */
  readonly shardHeapMb?: number;
  /** The node can't go on; called once, with what is to be said. */
  readonly fatal: (reason: string, error: unknown) => void;
}
