// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 46;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ListPartitionReassignmentsRequest {
  /** int32, versions 0+, default 60000 */
  timeoutMs: number;
  /** []ListPartitionReassignmentsTopics, versions 0+, nullable 0+, default null */
  topics: ListPartitionReassignmentsTopics[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListPartitionReassignmentsTopics {
  /** string, versions 0+ */
  name: string;
  /** []int32, versions 0+ */
  partitionIndexes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListPartitionReassignmentsRequest(reader: Reader, version: number): ListPartitionReassignmentsRequest;
export declare function encodeListPartitionReassignmentsRequest(writer: Writer, message: Init<ListPartitionReassignmentsRequest>, version: number): void;
export { decodeListPartitionReassignmentsRequest as decode, encodeListPartitionReassignmentsRequest as encode };
