// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 7;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupTargetAssignmentMemberValue {
  /** []TopicPartition, versions 0+ */
  topicPartitions: TopicPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartition {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupTargetAssignmentMemberValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberValue;
export declare function encodeConsumerGroupTargetAssignmentMemberValue(writer: Writer, message: Init<ConsumerGroupTargetAssignmentMemberValue>, version: number): void;
export { decodeConsumerGroupTargetAssignmentMemberValue as decode, encodeConsumerGroupTargetAssignmentMemberValue as encode };
