// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 1;
export declare const highestVersion: 11;

export interface ListOffsetsResponse {
  /** int32, versions 2+ */
  throttleTimeMs: number;
  /** []ListOffsetsTopicResponse, versions 0+ */
  topics: ListOffsetsTopicResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListOffsetsPartitionResponse {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 1+, default -1 */
  timestamp: bigint;
  /** int64, versions 1+, default -1 */
  offset: bigint;
  /** int32, versions 4+, default -1 */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListOffsetsTopicResponse {
  /** string, versions 0+ */
  name: string;
  /** []ListOffsetsPartitionResponse, versions 0+ */
  partitions: ListOffsetsPartitionResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListOffsetsResponse(reader: Reader, version: number): ListOffsetsResponse;
export declare function encodeListOffsetsResponse(writer: Writer, message: Init<ListOffsetsResponse>, version: number): void;
export { decodeListOffsetsResponse as decode, encodeListOffsetsResponse as encode };
