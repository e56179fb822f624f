// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 45;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface AlterPartitionReassignmentsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** bool, versions 1+, default true */
  allowReplicationFactorChange: boolean;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []ReassignableTopicResponse, versions 0+ */
  responses: ReassignableTopicResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReassignablePartitionResponse {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReassignableTopicResponse {
  /** string, versions 0+ */
  name: string;
  /** []ReassignablePartitionResponse, versions 0+ */
  partitions: ReassignablePartitionResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterPartitionReassignmentsResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponse;
export declare function encodeAlterPartitionReassignmentsResponse(writer: Writer, message: Init<AlterPartitionReassignmentsResponse>, version: number): void;
export { decodeAlterPartitionReassignmentsResponse as decode, encodeAlterPartitionReassignmentsResponse as encode };
