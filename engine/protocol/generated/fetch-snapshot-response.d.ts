// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 59;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface FetchSnapshotResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []TopicSnapshot, versions 0+ */
  topics: TopicSnapshot[];
  /** []NodeEndpoint, versions 1+, tag 0 */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SnapshotId {
  /** int64, versions 0+ */
  endOffset: bigint;
  /** int32, versions 0+ */
  epoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderIdAndEpoch {
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionSnapshot {
  /** int32, versions 0+ */
  index: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** SnapshotId, versions 0+ */
  snapshotId: SnapshotId;
  /** LeaderIdAndEpoch, versions 0+, tag 0 */
  currentLeader: LeaderIdAndEpoch;
  /** int64, versions 0+ */
  size: bigint;
  /** int64, versions 0+ */
  position: bigint;
  /** records, versions 0+ */
  unalignedRecords: Uint8Array | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicSnapshot {
  /** string, versions 0+ */
  name: string;
  /** []PartitionSnapshot, versions 0+ */
  partitions: PartitionSnapshot[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 1+ */
  nodeId: NodeId;
  /** string, versions 1+ */
  host: string;
  /** uint16, versions 1+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFetchSnapshotResponse(reader: Reader, version: number): FetchSnapshotResponse;
export declare function encodeFetchSnapshotResponse(writer: Writer, message: Init<FetchSnapshotResponse>, version: number): void;
export { decodeFetchSnapshotResponse as decode, encodeFetchSnapshotResponse as encode };
