// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 87;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ReadShareGroupStateSummaryResponse {
  /** []ReadStateSummaryResult, versions 0+ */
  results: ReadStateSummaryResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionResult {
  /** int32, versions 0+ */
  partition: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int32, versions 0+ */
  stateEpoch: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** int32, versions 1+, default -1 */
  deliveryCompleteCount: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReadStateSummaryResult {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionResult, versions 0+ */
  partitions: PartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeReadShareGroupStateSummaryResponse(reader: Reader, version: number): ReadShareGroupStateSummaryResponse;
export declare function encodeReadShareGroupStateSummaryResponse(writer: Writer, message: Init<ReadShareGroupStateSummaryResponse>, version: number): void;
export { decodeReadShareGroupStateSummaryResponse as decode, encodeReadShareGroupStateSummaryResponse as encode };
