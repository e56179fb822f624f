// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, TopicId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 73;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AssignReplicasToDirsRequest {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+, default -1 */
  brokerEpoch: bigint;
  /** []DirectoryData, versions 0+ */
  directories: DirectoryData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DirectoryData {
  /** uuid, versions 0+ */
  id: Uuid;
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAssignReplicasToDirsRequest(reader: Reader, version: number): AssignReplicasToDirsRequest;
export declare function encodeAssignReplicasToDirsRequest(writer: Writer, message: Init<AssignReplicasToDirsRequest>, version: number): void;
export { decodeAssignReplicasToDirsRequest as decode, encodeAssignReplicasToDirsRequest as encode };
