// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 85;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface WriteShareGroupStateRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []WriteStateData, versions 0+ */
  topics: WriteStateData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface StateBatch {
  /** int64, versions 0+ */
  firstOffset: bigint;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** int8, versions 0+ */
  deliveryState: number;
  /** int16, versions 0+ */
  deliveryCount: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 0+ */
  stateEpoch: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** int32, versions 1+, default -1 */
  deliveryCompleteCount: number;
  /** []StateBatch, versions 0+ */
  stateBatches: StateBatch[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WriteStateData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeWriteShareGroupStateRequest(reader: Reader, version: number): WriteShareGroupStateRequest;
export declare function encodeWriteShareGroupStateRequest(writer: Writer, message: Init<WriteShareGroupStateRequest>, version: number): void;
export { decodeWriteShareGroupStateRequest as decode, encodeWriteShareGroupStateRequest as encode };
