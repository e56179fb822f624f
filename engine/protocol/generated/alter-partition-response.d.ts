// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 56;
export declare const lowestVersion: 2;
export declare const highestVersion: 3;

export interface AlterPartitionResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** []int32, versions 0+ */
  isr: NodeId[];
  /** int8, versions 1+, default 0 */
  leaderRecoveryState: number;
  /** int32, versions 0+ */
  partitionEpoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** uuid, versions 2+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterPartitionResponse(reader: Reader, version: number): AlterPartitionResponse;
export declare function encodeAlterPartitionResponse(writer: Writer, message: Init<AlterPartitionResponse>, version: number): void;
export { decodeAlterPartitionResponse as decode, encodeAlterPartitionResponse as encode };
