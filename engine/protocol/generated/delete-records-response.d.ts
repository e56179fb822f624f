// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 21;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DeleteRecordsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DeleteRecordsTopicResult, versions 0+ */
  topics: DeleteRecordsTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteRecordsPartitionResult {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  lowWatermark: bigint;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteRecordsTopicResult {
  /** string, versions 0+ */
  name: string;
  /** []DeleteRecordsPartitionResult, versions 0+ */
  partitions: DeleteRecordsPartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteRecordsResponse(reader: Reader, version: number): DeleteRecordsResponse;
export declare function encodeDeleteRecordsResponse(writer: Writer, message: Init<DeleteRecordsResponse>, version: number): void;
export { decodeDeleteRecordsResponse as decode, encodeDeleteRecordsResponse as encode };
