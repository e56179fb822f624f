import type { NodeId } from '../../base/brands.ts';
import type { MetadataDescription, SegmentMessage } from '../../metadata/columns/shared-metadata.ts';
import type { ReplicationRates } from '../partitions/replication-quotas.ts';

/** What the thread that serves metrics is started with, as plain data and shared memory. */
export interface MetricsTask {
  readonly host: string;
  readonly port: number;
  readonly nodeId: NodeId;
  readonly clusterId: string;
  readonly version: string;
  readonly shards: number;
  readonly mostPartitions: number;
  /** Of the process, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly listeners: readonly string[];
  /** Cells of the shards, then of the coordinator. */
  readonly threads: readonly SharedArrayBuffer[];
  readonly node: SharedArrayBuffer;
  readonly replicationRates: ReplicationRates;
  readonly metadata: MetadataDescription;
  readonly directories: readonly {
    readonly path: string;
    readonly state: SharedArrayBuffer;
    readonly logs: SharedArrayBuffer;
  }[];
}

/** Coordinator to the thread. */
export type MetricsCommand =
  | { readonly kind: 'segments'; readonly segments: readonly SegmentMessage[] }
  | { readonly kind: 'close' };

/** The thread to the coordinator. */
export type MetricsReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
