// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 54;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface EndQuorumEpochResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  /** []NodeEndpoint, versions 1+, tag 0 */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topicName: string;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 1+ */
  nodeId: NodeId;
  /** string, versions 1+ */
  host: string;
  /** uint16, versions 1+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEndQuorumEpochResponse(reader: Reader, version: number): EndQuorumEpochResponse;
export declare function encodeEndQuorumEpochResponse(writer: Writer, message: Init<EndQuorumEpochResponse>, version: number): void;
export { decodeEndQuorumEpochResponse as decode, encodeEndQuorumEpochResponse as encode };
