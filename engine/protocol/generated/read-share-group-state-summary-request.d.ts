// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 87;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ReadShareGroupStateSummaryRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []ReadStateSummaryData, versions 0+ */
  topics: ReadStateSummaryData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReadStateSummaryData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeReadShareGroupStateSummaryRequest(reader: Reader, version: number): ReadShareGroupStateSummaryRequest;
export declare function encodeReadShareGroupStateSummaryRequest(writer: Writer, message: Init<ReadShareGroupStateSummaryRequest>, version: number): void;
export { decodeReadShareGroupStateSummaryRequest as decode, encodeReadShareGroupStateSummaryRequest as encode };
