// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 14;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupCurrentMemberAssignmentValue {
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  previousMemberEpoch: number;
  /** int8, versions 0+ */
  state: number;
  /** []TopicPartitions, versions 0+ */
  assignedPartitions: TopicPartitions[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentValue;
export declare function encodeShareGroupCurrentMemberAssignmentValue(writer: Writer, message: Init<ShareGroupCurrentMemberAssignmentValue>, version: number): void;
export { decodeShareGroupCurrentMemberAssignmentValue as decode, encodeShareGroupCurrentMemberAssignmentValue as encode };
