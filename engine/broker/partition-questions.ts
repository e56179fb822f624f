import type { PartitionRow } from '../base/brands.ts';

/** Rare questions to the shard that owns partitions; plain data, for they may cross threads. */
export type PartitionQuestion =
  | {
      readonly kind: 'listOffsets';
      readonly items: readonly ListOffsetsItem[];
      readonly readCommitted: boolean;
      /** A follower is told of the log's end, not of what is committed. */
      readonly isOfFollower: boolean;
    }
  | { readonly kind: 'epochEnds'; readonly items: readonly EpochEndItem[] }
  | { readonly kind: 'deleteRecords'; readonly items: readonly DeleteRecordsItem[] }
  | { readonly kind: 'producers'; readonly items: readonly ProducersItem[] }
  | { readonly kind: 'logSizes'; readonly items: readonly PartitionItem[] }
  | { readonly kind: 'alterLogDirs'; readonly items: readonly AlterLogDirItem[] };

export interface PartitionItem {
  readonly row: PartitionRow;
  readonly topicGeneration: number;
}

export interface ListOffsetsItem extends PartitionItem {
  readonly currentLeaderEpoch: number;
  /** Milliseconds, or -1 to -6 for the named places. */
  readonly timestampMs: number;
}

export interface ListOffsetsAnswer {
  readonly errorCode: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

export interface EpochEndItem extends PartitionItem {
  readonly currentLeaderEpoch: number;
  readonly leaderEpoch: number;
}

export interface EpochEndAnswer {
  readonly errorCode: number;
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

export interface DeleteRecordsItem extends PartitionItem {
  /** -1: up to the high watermark. */
  readonly offset: number;
  /** How long to wait for followers. */
  readonly timeoutMs: number;
}

export interface DeleteRecordsAnswer {
  readonly errorCode: number;
  /** The least log start of all live replicas; -1 where that is not known. */
  readonly lowWatermark: number;
}

export interface ProducersItem extends PartitionItem {
  /** Producers to pass over: an answer names at most `limits.producersPerAnswer`. */
  readonly skip: number;
}

export interface ProducersAnswer {
  readonly errorCode: number;
  readonly producers: readonly ProducerDescription[];
}

export interface ProducerDescription {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestampMs: number;
  readonly coordinatorEpoch: number;
  /** -1 without an open transaction. */
  readonly currentTxnStartOffset: number;
}

export interface LogSizeAnswer {
  readonly errorCode: number;
  readonly sizeBytes: number;
  readonly logDirectory: number;
}

/** By name: the partition may be none of this node's, or not be there yet. */
export interface AlterLogDirItem {
  readonly topic: string;
  readonly partition: number;
  /** Index of the log directory. */
  readonly directory: number;
}

export interface AlterLogDirAnswer {
  readonly errorCode: number;
}
