// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 54;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface EndQuorumEpochRequest {
  /** string, versions 0+, nullable 0+, default null */
  clusterId: string | null;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  /** []LeaderEndpoint, versions 1+ */
  leaderEndpoints: LeaderEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReplicaInfo {
  /** int32, versions 1+ */
  candidateId: NodeId;
  /** uuid, versions 1+ */
  candidateDirectoryId: Uuid;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** []int32, versions 0 */
  preferredSuccessors: number[];
  /** []ReplicaInfo, versions 1+ */
  preferredCandidates: ReplicaInfo[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topicName: string;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderEndpoint {
  /** string, versions 1+ */
  name: string;
  /** string, versions 1+ */
  host: string;
  /** uint16, versions 1+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEndQuorumEpochRequest(reader: Reader, version: number): EndQuorumEpochRequest;
export declare function encodeEndQuorumEpochRequest(writer: Writer, message: Init<EndQuorumEpochRequest>, version: number): void;
export { decodeEndQuorumEpochRequest as decode, encodeEndQuorumEpochRequest as encode };
