// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 8;
export declare const lowestVersion: 2;
export declare const highestVersion: 10;

export interface OffsetCommitRequest {
  /** string, versions 0+ */
  groupId: string;
  /** int32, versions 1+, default -1 */
  generationIdOrMemberEpoch: number;
  /** string, versions 1+ */
  memberId: string;
  /** string, versions 7+, nullable 7+, default null */
  groupInstanceId: string | null;
  /** int64, versions 2-4, default -1 */
  retentionTimeMs: bigint;
  /** []OffsetCommitRequestTopic, versions 0+ */
  topics: OffsetCommitRequestTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetCommitRequestPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  committedOffset: bigint;
  /** int32, versions 6+, default -1 */
  committedLeaderEpoch: number;
  /** string, versions 0+, nullable 0+ */
  committedMetadata: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetCommitRequestTopic {
  /** string, versions 0-9 */
  name: string;
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** []OffsetCommitRequestPartition, versions 0+ */
  partitions: OffsetCommitRequestPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetCommitRequest(reader: Reader, version: number): OffsetCommitRequest;
export declare function encodeOffsetCommitRequest(writer: Writer, message: Init<OffsetCommitRequest>, version: number): void;
export { decodeOffsetCommitRequest as decode, encodeOffsetCommitRequest as encode };
