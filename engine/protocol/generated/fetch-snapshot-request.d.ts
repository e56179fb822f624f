// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 59;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface FetchSnapshotRequest {
  /** string, versions 0+, nullable 0+, tag 0, default null */
  clusterId: string | null;
  /** int32, versions 0+, default -1 */
  replicaId: NodeId;
  /** int32, versions 0+, default 2147483647 */
  maxBytes: number;
  /** []TopicSnapshot, versions 0+ */
  topics: TopicSnapshot[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SnapshotId {
  /** int64, versions 0+ */
  endOffset: bigint;
  /** int32, versions 0+ */
  epoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionSnapshot {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 0+ */
  currentLeaderEpoch: LeaderEpoch;
  /** SnapshotId, versions 0+ */
  snapshotId: SnapshotId;
  /** int64, versions 0+ */
  position: bigint;
  /** uuid, versions 1+, tag 0 */
  replicaDirectoryId: DirectoryId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicSnapshot {
  /** string, versions 0+ */
  name: string;
  /** []PartitionSnapshot, versions 0+ */
  partitions: PartitionSnapshot[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFetchSnapshotRequest(reader: Reader, version: number): FetchSnapshotRequest;
export declare function encodeFetchSnapshotRequest(writer: Writer, message: Init<FetchSnapshotRequest>, version: number): void;
export { decodeFetchSnapshotRequest as decode, encodeFetchSnapshotRequest as encode };
