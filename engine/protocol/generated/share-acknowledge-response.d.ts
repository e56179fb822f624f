// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 79;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ShareAcknowledgeResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int32, versions 2+ */
  acquisitionLockTimeoutMs: number;
  /** []ShareAcknowledgeTopicResponse, versions 0+ */
  responses: ShareAcknowledgeTopicResponse[];
  /** []NodeEndpoint, versions 0+ */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderIdAndEpoch {
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** LeaderIdAndEpoch, versions 0+ */
  currentLeader: LeaderIdAndEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ShareAcknowledgeTopicResponse {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 0+ */
  nodeId: NodeId;
  /** string, versions 0+ */
  host: string;
  /** int32, versions 0+ */
  port: number;
  /** string, versions 0+, nullable 0+, default null */
  rack: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareAcknowledgeResponse(reader: Reader, version: number): ShareAcknowledgeResponse;
export declare function encodeShareAcknowledgeResponse(writer: Writer, message: Init<ShareAcknowledgeResponse>, version: number): void;
export { decodeShareAcknowledgeResponse as decode, encodeShareAcknowledgeResponse as encode };
