// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 52;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface VoteRequest {
  /** string, versions 0+, nullable 0+, default null */
  clusterId: string | null;
  /** int32, versions 1+, default -1 */
  voterId: NodeId;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0+ */
  replicaEpoch: number;
  /** int32, versions 0+ */
  replicaId: NodeId;
  /** uuid, versions 1+ */
  replicaDirectoryId: DirectoryId;
  /** uuid, versions 1+ */
  voterDirectoryId: DirectoryId;
  /** int32, versions 0+ */
  lastOffsetEpoch: number;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** bool, versions 2+ */
  preVote: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topicName: string;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeVoteRequest(reader: Reader, version: number): VoteRequest;
export declare function encodeVoteRequest(writer: Writer, message: Init<VoteRequest>, version: number): void;
export { decodeVoteRequest as decode, encodeVoteRequest as encode };
