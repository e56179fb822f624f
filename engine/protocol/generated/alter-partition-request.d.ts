// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 56;
export declare const lowestVersion: 2;
export declare const highestVersion: 3;

export interface AlterPartitionRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface BrokerState {
  /** int32, versions 3+ */
  brokerId: NodeId;
  /** int64, versions 3+, default -1 */
  brokerEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** []int32, versions 0-2 */
  newIsr: number[];
  /** []BrokerState, versions 3+ */
  newIsrWithEpochs: BrokerState[];
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

export declare function decodeAlterPartitionRequest(reader: Reader, version: number): AlterPartitionRequest;
export declare function encodeAlterPartitionRequest(writer: Writer, message: Init<AlterPartitionRequest>, version: number): void;
export { decodeAlterPartitionRequest as decode, encodeAlterPartitionRequest as encode };
