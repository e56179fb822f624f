// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 15;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupStatePartitionMetadataValue {
  /** []TopicPartitionsInfo, versions 0+ */
  initializingTopics: TopicPartitionsInfo[];
  /** []TopicPartitionsInfo, versions 0+ */
  initializedTopics: TopicPartitionsInfo[];
  /** []TopicInfo, versions 0+ */
  deletingTopics: TopicInfo[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitionsInfo {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** string, versions 0+ */
  topicName: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicInfo {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** string, versions 0+ */
  topicName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupStatePartitionMetadataValue(reader: Reader, version: number): ShareGroupStatePartitionMetadataValue;
export declare function encodeShareGroupStatePartitionMetadataValue(writer: Writer, message: Init<ShareGroupStatePartitionMetadataValue>, version: number): void;
export { decodeShareGroupStatePartitionMetadataValue as decode, encodeShareGroupStatePartitionMetadataValue as encode };
