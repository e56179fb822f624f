// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 85;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface WriteShareGroupStateResponse {
  /** []WriteStateResult, versions 0+ */
  results: WriteStateResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionResult {
  /** int32, versions 0+ */
  partition: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WriteStateResult {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionResult, versions 0+ */
  partitions: PartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeWriteShareGroupStateResponse(reader: Reader, version: number): WriteShareGroupStateResponse;
export declare function encodeWriteShareGroupStateResponse(writer: Writer, message: Init<WriteShareGroupStateResponse>, version: number): void;
export { decodeWriteShareGroupStateResponse as decode, encodeWriteShareGroupStateResponse as encode };
