// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 69;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ConsumerGroupDescribeResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DescribedGroup, versions 0+ */
  groups: DescribedGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Member {
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 0+, nullable 0+, default null */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+, default null */
  rackId: string | null;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** []string, versions 0+ */
  subscribedTopicNames: string[];
  /** string, versions 0+, nullable 0+, default null */
  subscribedTopicRegex: string | null;
  /** Assignment, versions 0+ */
  assignment: Assignment;
  /** Assignment, versions 0+ */
  targetAssignment: Assignment;
  /** int8, versions 1+, default -1 */
  memberType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedGroup {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  groupState: string;
  /** int32, versions 0+ */
  groupEpoch: number;
  /** int32, versions 0+ */
  assignmentEpoch: number;
  /** string, versions 0+ */
  assignorName: string;
  /** []Member, versions 0+ */
  members: Member[];
  /** int32, versions 0+, default -2147483648 */
  authorizedOperations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** string, versions 0+ */
  topicName: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Assignment {
  /** []TopicPartitions, versions 0+ */
  topicPartitions: TopicPartitions[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupDescribeResponse(reader: Reader, version: number): ConsumerGroupDescribeResponse;
export declare function encodeConsumerGroupDescribeResponse(writer: Writer, message: Init<ConsumerGroupDescribeResponse>, version: number): void;
export { decodeConsumerGroupDescribeResponse as decode, encodeConsumerGroupDescribeResponse as encode };
