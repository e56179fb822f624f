// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 46;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ListPartitionReassignmentsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []OngoingTopicReassignment, versions 0+ */
  topics: OngoingTopicReassignment[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OngoingPartitionReassignment {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** []int32, versions 0+ */
  replicas: NodeId[];
  /** []int32, versions 0+ */
  addingReplicas: number[];
  /** []int32, versions 0+ */
  removingReplicas: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OngoingTopicReassignment {
  /** string, versions 0+ */
  name: string;
  /** []OngoingPartitionReassignment, versions 0+ */
  partitions: OngoingPartitionReassignment[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListPartitionReassignmentsResponse(reader: Reader, version: number): ListPartitionReassignmentsResponse;
export declare function encodeListPartitionReassignmentsResponse(writer: Writer, message: Init<ListPartitionReassignmentsResponse>, version: number): void;
export { decodeListPartitionReassignmentsResponse as decode, encodeListPartitionReassignmentsResponse as encode };
