// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 43;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface ElectLeadersResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 1+ */
  errorCode: number;
  /** []ReplicaElectionResult, versions 0+ */
  replicaElectionResults: ReplicaElectionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionResult {
  /** int32, versions 0+ */
  partitionId: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReplicaElectionResult {
  /** string, versions 0+ */
  topic: string;
  /** []PartitionResult, versions 0+ */
  partitionResult: PartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeElectLeadersResponse(reader: Reader, version: number): ElectLeadersResponse;
export declare function encodeElectLeadersResponse(writer: Writer, message: Init<ElectLeadersResponse>, version: number): void;
export { decodeElectLeadersResponse as decode, encodeElectLeadersResponse as encode };
