// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 77;
export declare const lowestVersion: 1;
export declare const highestVersion: 1;

export interface ShareGroupDescribeResponse {
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
  rackId: string | null;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** []string, versions 0+ */
  subscribedTopicNames: string[];
  /** Assignment, versions 0+ */
  assignment: Assignment;
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

export declare function decodeShareGroupDescribeResponse(reader: Reader, version: number): ShareGroupDescribeResponse;
export declare function encodeShareGroupDescribeResponse(writer: Writer, message: Init<ShareGroupDescribeResponse>, version: number): void;
export { decodeShareGroupDescribeResponse as decode, encodeShareGroupDescribeResponse as encode };
