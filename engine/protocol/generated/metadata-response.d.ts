// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 3;
export declare const lowestVersion: 0;
export declare const highestVersion: 13;

export interface MetadataResponse {
  /** int32, versions 3+ */
  throttleTimeMs: number;
  /** []MetadataResponseBroker, versions 0+ */
  brokers: MetadataResponseBroker[];
  /** string, versions 2+, nullable 2+, default null */
  clusterId: string | null;
  /** int32, versions 1+, default -1 */
  controllerId: NodeId;
  /** []MetadataResponseTopic, versions 0+ */
  topics: MetadataResponseTopic[];
  /** int32, versions 8-10, default -2147483648 */
  clusterAuthorizedOperations: number;
  /** int16, versions 13+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MetadataResponseBroker {
  /** int32, versions 0+ */
  nodeId: NodeId;
  /** string, versions 0+ */
  host: string;
  /** int32, versions 0+ */
  port: number;
  /** string, versions 1+, nullable 1+, default null */
  rack: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MetadataResponsePartition {
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 7+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** []int32, versions 0+ */
  replicaNodes: NodeId[];
  /** []int32, versions 0+ */
  isrNodes: NodeId[];
  /** []int32, versions 5+ */
  offlineReplicas: NodeId[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MetadataResponseTopic {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 12+ */
  name: string | null;
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** bool, versions 1+, default false */
  isInternal: boolean;
  /** []MetadataResponsePartition, versions 0+ */
  partitions: MetadataResponsePartition[];
  /** int32, versions 8+, default -2147483648 */
  topicAuthorizedOperations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeMetadataResponse(reader: Reader, version: number): MetadataResponse;
export declare function encodeMetadataResponse(writer: Writer, message: Init<MetadataResponse>, version: number): void;
export { decodeMetadataResponse as decode, encodeMetadataResponse as encode };
