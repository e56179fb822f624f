// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 8;
export declare const lowestVersion: 2;
export declare const highestVersion: 10;

export interface OffsetCommitResponse {
  /** int32, versions 3+ */
  throttleTimeMs: number;
  /** []OffsetCommitResponseTopic, versions 0+ */
  topics: OffsetCommitResponseTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetCommitResponsePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetCommitResponseTopic {
  /** string, versions 0-9 */
  name: string;
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** []OffsetCommitResponsePartition, versions 0+ */
  partitions: OffsetCommitResponsePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetCommitResponse(reader: Reader, version: number): OffsetCommitResponse;
export declare function encodeOffsetCommitResponse(writer: Writer, message: Init<OffsetCommitResponse>, version: number): void;
export { decodeOffsetCommitResponse as decode, encodeOffsetCommitResponse as encode };
