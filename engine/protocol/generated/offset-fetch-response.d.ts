// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 9;
export declare const lowestVersion: 1;
export declare const highestVersion: 10;

export interface OffsetFetchResponse {
  /** int32, versions 3+ */
  throttleTimeMs: number;
  /** []OffsetFetchResponseTopic, versions 0-7 */
  topics: OffsetFetchResponseTopic[];
  /** int16, versions 2-7, default 0 */
  errorCode: number;
  /** []OffsetFetchResponseGroup, versions 8+ */
  groups: OffsetFetchResponseGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchResponsePartition {
  /** int32, versions 0-7 */
  partitionIndex: number;
  /** int64, versions 0-7 */
  committedOffset: bigint;
  /** int32, versions 5-7, default -1 */
  committedLeaderEpoch: number;
  /** string, versions 0-7, nullable 0-7 */
  metadata: string | null;
  /** int16, versions 0-7 */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchResponseTopic {
  /** string, versions 0-7 */
  name: string;
  /** []OffsetFetchResponsePartition, versions 0-7 */
  partitions: OffsetFetchResponsePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchResponsePartitions {
  /** int32, versions 8+ */
  partitionIndex: number;
  /** int64, versions 8+ */
  committedOffset: bigint;
  /** int32, versions 8+, default -1 */
  committedLeaderEpoch: number;
  /** string, versions 8+, nullable 8+ */
  metadata: string | null;
  /** int16, versions 8+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchResponseTopics {
  /** string, versions 8-9 */
  name: string;
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** []OffsetFetchResponsePartitions, versions 8+ */
  partitions: OffsetFetchResponsePartitions[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchResponseGroup {
  /** string, versions 8+ */
  groupId: string;
  /** []OffsetFetchResponseTopics, versions 8+ */
  topics: OffsetFetchResponseTopics[];
  /** int16, versions 8+, default 0 */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetFetchResponse(reader: Reader, version: number): OffsetFetchResponse;
export declare function encodeOffsetFetchResponse(writer: Writer, message: Init<OffsetFetchResponse>, version: number): void;
export { decodeOffsetFetchResponse as decode, encodeOffsetFetchResponse as encode };
