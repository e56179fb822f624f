// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 13;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupTargetAssignmentMemberValue {
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

export declare function decodeShareGroupTargetAssignmentMemberValue(reader: Reader, version: number): ShareGroupTargetAssignmentMemberValue;
export declare function encodeShareGroupTargetAssignmentMemberValue(writer: Writer, message: Init<ShareGroupTargetAssignmentMemberValue>, version: number): void;
export { decodeShareGroupTargetAssignmentMemberValue as decode, encodeShareGroupTargetAssignmentMemberValue as encode };
