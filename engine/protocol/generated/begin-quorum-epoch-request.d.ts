// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 53;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface BeginQuorumEpochRequest {
  /** string, versions 0+, nullable 0+, default null */
  clusterId: string | null;
  /** int32, versions 1+, default -1 */
  voterId: NodeId;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  /** []LeaderEndpoint, versions 1+ */
  leaderEndpoints: LeaderEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** uuid, versions 1+ */
  voterDirectoryId: DirectoryId;
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

export interface LeaderEndpoint {
  /** string, versions 1+ */
  name: string;
  /** string, versions 1+ */
  host: string;
  /** uint16, versions 1+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBeginQuorumEpochRequest(reader: Reader, version: number): BeginQuorumEpochRequest;
export declare function encodeBeginQuorumEpochRequest(writer: Writer, message: Init<BeginQuorumEpochRequest>, version: number): void;
export { decodeBeginQuorumEpochRequest as decode, encodeBeginQuorumEpochRequest as encode };
