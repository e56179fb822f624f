// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 8;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupCurrentMemberAssignmentValue {
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  previousMemberEpoch: number;
  /** int8, versions 0+ */
  state: number;
  /** []TopicPartitions, versions 0+ */
  assignedPartitions: TopicPartitions[];
  /** []TopicPartitions, versions 0+ */
  partitionsPendingRevocation: TopicPartitions[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  /** []int32, versions 0+, nullable 0+, tag 0 */
  assignmentEpochs: number[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValue;
export declare function encodeConsumerGroupCurrentMemberAssignmentValue(writer: Writer, message: Init<ConsumerGroupCurrentMemberAssignmentValue>, version: number): void;
export { decodeConsumerGroupCurrentMemberAssignmentValue as decode, encodeConsumerGroupCurrentMemberAssignmentValue as encode };
