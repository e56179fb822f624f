// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 21;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DeleteRecordsRequest {
  /** []DeleteRecordsTopic, versions 0+ */
  topics: DeleteRecordsTopic[];
  /** int32, versions 0+ */
  timeoutMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteRecordsPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  offset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteRecordsTopic {
  /** string, versions 0+ */
  name: string;
  /** []DeleteRecordsPartition, versions 0+ */
  partitions: DeleteRecordsPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteRecordsRequest(reader: Reader, version: number): DeleteRecordsRequest;
export declare function encodeDeleteRecordsRequest(writer: Writer, message: Init<DeleteRecordsRequest>, version: number): void;
export { decodeDeleteRecordsRequest as decode, encodeDeleteRecordsRequest as encode };
