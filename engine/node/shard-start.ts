import type { NodeId } from '../base/brands.ts';
import type { Clock } from '../base/clock.ts';
import type { Checksum, Compression } from '../base/codec.ts';
import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';
import type { RecordWalk } from '../base/record-walk.ts';
import type { CleaningJobs } from '../log/compaction/cleaning-request.ts';
import type { MetadataDescription } from '../metadata/columns/shared-metadata.ts';
import type { ClusterView } from '../metadata/delta.ts';
import type { BatchJobs, CheckpointFiles } from '../replica/host.ts';
import type { LogDirectory } from '../replica/log-directory.ts';
import type { MessageCodec } from './mesh.ts';
import type { ConnectionMoves } from './moved-connection.ts';
import type { AskVolumeSpace } from './partitions/log-directory-views.ts';
import type { Connect } from './partitions/replica-fetchers.ts';
import type { ReplicationRates } from './partitions/replication-quotas.ts';
import type { OverridesDecoder } from './shard-config.ts';
import type { ThreadMemory } from './thread-memory.ts';

/** What a shard is given at its start, as plain data and shared memory. */
export interface ShardStart {
  readonly nodeId: NodeId;
  readonly shards: number;
  readonly memory: ThreadMemory;
  readonly metadata: MetadataDescription;
  readonly metrics: SharedArrayBuffer;
  readonly heapBudget: SharedArrayBuffer;
  readonly cleanerSlots: SharedArrayBuffer;
  readonly replicationRates: ReplicationRates;
  readonly moveShares: SharedArrayBuffer;
  readonly connectionCounts: SharedArrayBuffer;
  /** Connections of the process for which there are descriptors. */
  readonly connectionCeiling: number;
  readonly pulses: SharedArrayBuffer;
  readonly properties: ReadonlyMap<string, string>;
  readonly cluster: ClusterView;
}

/** The world around a shard, injected. */
export interface ShardEnvironment {
  readonly clock: Clock;
  /** Monotonic, and the same for all threads, which `clock` need not be. */
  readonly sharedMs: () => number;
  readonly random: Random;
  readonly logger: Logger;
  readonly checksum: Checksum;
  readonly compression: Compression;
  /** Native, or the plain twin. */
  readonly recordWalk: RecordWalk | undefined;
  readonly codec: MessageCodec;
  readonly decodeOverrides: OverridesDecoder;
  readonly view: (buffer: SharedArrayBuffer) => Uint8Array;
  readonly defer: (run: () => void) => void;
  readonly jobs: BatchJobs & CleaningJobs;
  readonly directories: readonly LogDirectory[];
  /** Gives a connection to another shard; absent where they stay where they came to. */
  readonly giveConnection?: ConnectionMoves['give'];
  readonly volumeSpace?: AskVolumeSpace;
  /** Connects to other brokers; without it nothing is copied from them. */
  readonly connect?: Connect;
  /** Asks for the checkpoint files to be written; `Shard.checkpointed` is the answer. Without it nobody writes any. */
  readonly askForCheckpoints?: (which: CheckpointFiles) => void;
  readonly fatal: (error: unknown) => void;
  /** How the thread's event loop spent its time since it began. */
  readonly loopTimes?: () => LoopTimes;
}

export interface LoopTimes {
  readonly busyMs: number;
  readonly idleMs: number;
}
