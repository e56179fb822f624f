// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 76;
export declare const lowestVersion: 1;
export declare const highestVersion: 1;

export interface ShareGroupHeartbeatResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** string, versions 0+, nullable 0+, default null */
  memberId: string | null;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  heartbeatIntervalMs: number;
  /** Assignment, versions 0+, nullable 0+, default null */
  assignment: Assignment | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Assignment {
  /** []TopicPartitions, versions 0+ */
  topicPartitions: TopicPartitions[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupHeartbeatResponse(reader: Reader, version: number): ShareGroupHeartbeatResponse;
export declare function encodeShareGroupHeartbeatResponse(writer: Writer, message: Init<ShareGroupHeartbeatResponse>, version: number): void;
export { decodeShareGroupHeartbeatResponse as decode, encodeShareGroupHeartbeatResponse as encode };
