// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 75;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeTopicPartitionsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DescribeTopicPartitionsResponseTopic, versions 0+ */
  topics: DescribeTopicPartitionsResponseTopic[];
  /** Cursor, versions 0+, nullable 0+, default null */
  nextCursor: Cursor | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeTopicPartitionsResponsePartition {
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** []int32, versions 0+ */
  replicaNodes: NodeId[];
  /** []int32, versions 0+ */
  isrNodes: NodeId[];
  /** []int32, versions 0+, nullable 0+, default null */
  eligibleLeaderReplicas: number[] | null;
  /** []int32, versions 0+, nullable 0+, default null */
  lastKnownElr: number[] | null;
  /** []int32, versions 0+ */
  offlineReplicas: NodeId[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeTopicPartitionsResponseTopic {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  name: string | null;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** bool, versions 0+, default false */
  isInternal: boolean;
  /** []DescribeTopicPartitionsResponsePartition, versions 0+ */
  partitions: DescribeTopicPartitionsResponsePartition[];
  /** int32, versions 0+, default -2147483648 */
  topicAuthorizedOperations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Cursor {
  /** string, versions 0+ */
  topicName: string;
  /** int32, versions 0+ */
  partitionIndex: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeTopicPartitionsResponse(reader: Reader, version: number): DescribeTopicPartitionsResponse;
export declare function encodeDescribeTopicPartitionsResponse(writer: Writer, message: Init<DescribeTopicPartitionsResponse>, version: number): void;
export { decodeDescribeTopicPartitionsResponse as decode, encodeDescribeTopicPartitionsResponse as encode };
