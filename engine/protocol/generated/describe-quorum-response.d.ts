// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 55;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DescribeQuorumResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 2+, nullable 2+ */
  errorMessage: string | null;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  /** []Node, versions 2+ */
  nodes: Node[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 2+, nullable 2+ */
  errorMessage: string | null;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  highWatermark: bigint;
  /** []ReplicaState, versions 0+ */
  currentVoters: ReplicaState[];
  /** []ReplicaState, versions 0+ */
  observers: ReplicaState[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topicName: string;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Listener {
  /** string, versions 2+ */
  name: string;
  /** string, versions 2+ */
  host: string;
  /** uint16, versions 2+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Node {
  /** int32, versions 2+ */
  nodeId: NodeId;
  /** []Listener, versions 2+ */
  listeners: Listener[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReplicaState {
  /** int32, versions 0+ */
  replicaId: NodeId;
  /** uuid, versions 2+ */
  replicaDirectoryId: DirectoryId;
  /** int64, versions 0+ */
  logEndOffset: bigint;
  /** int64, versions 1+, default -1 */
  lastFetchTimestamp: bigint;
  /** int64, versions 1+, default -1 */
  lastCaughtUpTimestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeQuorumResponse(reader: Reader, version: number): DescribeQuorumResponse;
export declare function encodeDescribeQuorumResponse(writer: Writer, message: Init<DescribeQuorumResponse>, version: number): void;
export { decodeDescribeQuorumResponse as decode, encodeDescribeQuorumResponse as encode };
