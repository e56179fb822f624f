// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 90;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface DescribeShareGroupOffsetsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DescribeShareGroupOffsetsResponseGroup, versions 0+ */
  groups: DescribeShareGroupOffsetsResponseGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeShareGroupOffsetsResponsePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 1+, default -1 */
  lag: bigint;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeShareGroupOffsetsResponseTopic {
  /** string, versions 0+ */
  topicName: string;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []DescribeShareGroupOffsetsResponsePartition, versions 0+ */
  partitions: DescribeShareGroupOffsetsResponsePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeShareGroupOffsetsResponseGroup {
  /** string, versions 0+ */
  groupId: string;
  /** []DescribeShareGroupOffsetsResponseTopic, versions 0+ */
  topics: DescribeShareGroupOffsetsResponseTopic[];
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeShareGroupOffsetsResponse(reader: Reader, version: number): DescribeShareGroupOffsetsResponse;
export declare function encodeDescribeShareGroupOffsetsResponse(writer: Writer, message: Init<DescribeShareGroupOffsetsResponse>, version: number): void;
export { decodeDescribeShareGroupOffsetsResponse as decode, encodeDescribeShareGroupOffsetsResponse as encode };
