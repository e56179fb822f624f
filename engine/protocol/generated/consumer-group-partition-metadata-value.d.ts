// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 4;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupPartitionMetadataValue {
  /** []TopicMetadata, versions 0+ */
  topics: TopicMetadata[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionMetadata {
  /** int32, versions 0+ */
  partition: number;
  /** []string, versions 0+ */
  racks: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicMetadata {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** string, versions 0+ */
  topicName: string;
  /** int32, versions 0+ */
  numPartitions: number;
  /** []PartitionMetadata, versions 0+ */
  partitionMetadata: PartitionMetadata[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupPartitionMetadataValue(reader: Reader, version: number): ConsumerGroupPartitionMetadataValue;
export declare function encodeConsumerGroupPartitionMetadataValue(writer: Writer, message: Init<ConsumerGroupPartitionMetadataValue>, version: number): void;
export { decodeConsumerGroupPartitionMetadataValue as decode, encodeConsumerGroupPartitionMetadataValue as encode };
