import type { NodeId } from '../../base/brands.ts';
import type { SharedMetadata } from '../../metadata/columns/shared-metadata.ts';
import type { MetadataReader } from './metadata-reader.ts';
import type { NodeCells } from './node-cells.ts';
import type { Recent } from './recent.ts';

/** All that metrics are made of, in shared memory but for what was read of it before. */
export interface MetricsSource {
  readonly nodeId: NodeId;
  readonly clusterId: string;
  readonly version: string;
  readonly shards: number;
  /** Cells of the shards, then of the coordinator. */
  readonly threads: readonly Float64Array[];
  /** Names of listeners, in the order in which threads count by them. */
  readonly listeners: readonly string[];
  readonly node: NodeCells;
  readonly metadata: SharedMetadata;
  readonly reader: MetadataReader;
  readonly recent: Recent;
  readonly throttled: ThrottledRates;
  readonly directories: readonly DirectorySource[];
  /** Partitions with metrics of their own. */
  readonly mostPartitions: number;
}

/** Bytes a second of throttled replication (KIP-73). */
export interface ThrottledRates {
  leader(): number;
  follower(): number;
}

export interface DirectorySource {
  readonly path: string;
  isOnline(): boolean;
  logs(): number;
}

/** What the process says of itself. */
export interface ProcessFacts {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** Undefined where the system does not tell. */
  readonly openFiles: number | undefined;
  readonly mostOpenFiles: number;
  readonly startedAtSeconds: number;
}

/** The scrape's moment. */
export interface MetricsMoment {
  /** Of the clock that all threads share. */
  readonly sharedMs: number;
  readonly wallMs: number;
}
