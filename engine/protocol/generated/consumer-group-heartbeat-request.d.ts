// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 68;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ConsumerGroupHeartbeatRequest {
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  memberId: string;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** string, versions 0+, nullable 0+, default null */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+, default null */
  rackId: string | null;
  /** int32, versions 0+, default -1 */
  rebalanceTimeoutMs: number;
  /** []string, versions 0+, nullable 0+, default null */
  subscribedTopicNames: string[] | null;
  /** string, versions 1+, nullable 1+, default null */
  subscribedTopicRegex: string | null;
  /** string, versions 0+, nullable 0+, default null */
  serverAssignor: string | null;
  /** []TopicPartitions, versions 0+, nullable 0+, default null */
  topicPartitions: TopicPartitions[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartitions {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConsumerGroupHeartbeatRequest(reader: Reader, version: number): ConsumerGroupHeartbeatRequest;
export declare function encodeConsumerGroupHeartbeatRequest(writer: Writer, message: Init<ConsumerGroupHeartbeatRequest>, version: number): void;
export { decodeConsumerGroupHeartbeatRequest as decode, encodeConsumerGroupHeartbeatRequest as encode };
