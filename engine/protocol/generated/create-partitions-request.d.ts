// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 37;
export declare const lowestVersion: 0;
export declare const highestVersion: 3;

export interface CreatePartitionsRequest {
  /** []CreatePartitionsTopic, versions 0+ */
  topics: CreatePartitionsTopic[];
  /** int32, versions 0+ */
  timeoutMs: number;
  /** bool, versions 0+ */
  validateOnly: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatePartitionsAssignment {
  /** []int32, versions 0+ */
  brokerIds: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatePartitionsTopic {
  /** string, versions 0+ */
  name: string;
  /** int32, versions 0+ */
  count: number;
  /** []CreatePartitionsAssignment, versions 0+, nullable 0+ */
  assignments: CreatePartitionsAssignment[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreatePartitionsRequest(reader: Reader, version: number): CreatePartitionsRequest;
export declare function encodeCreatePartitionsRequest(writer: Writer, message: Init<CreatePartitionsRequest>, version: number): void;
export { decodeCreatePartitionsRequest as decode, encodeCreatePartitionsRequest as encode };
