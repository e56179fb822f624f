// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 45;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AlterPartitionReassignmentsRequest {
  /** int32, versions 0+, default 60000 */
  timeoutMs: number;
  /** bool, versions 1+, default true */
  allowReplicationFactorChange: boolean;
  /** []ReassignableTopic, versions 0+ */
  topics: ReassignableTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReassignablePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** []int32, versions 0+, nullable 0+, default null */
  replicas: NodeId[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReassignableTopic {
  /** string, versions 0+ */
  name: string;
  /** []ReassignablePartition, versions 0+ */
  partitions: ReassignablePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterPartitionReassignmentsRequest(reader: Reader, version: number): AlterPartitionReassignmentsRequest;
export declare function encodeAlterPartitionReassignmentsRequest(writer: Writer, message: Init<AlterPartitionReassignmentsRequest>, version: number): void;
export { decodeAlterPartitionReassignmentsRequest as decode, encodeAlterPartitionReassignmentsRequest as encode };
