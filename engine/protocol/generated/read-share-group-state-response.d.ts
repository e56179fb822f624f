// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 84;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ReadShareGroupStateResponse {
  /** []ReadStateResult, versions 0+ */
  results: ReadStateResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface StateBatch {
  /** int64, versions 0+ */
  firstOffset: bigint;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** int8, versions 0+ */
  deliveryState: number;
  /** int16, versions 0+ */
  deliveryCount: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionResult {
  /** int32, versions 0+ */
  partition: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int32, versions 0+ */
  stateEpoch: number;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** []StateBatch, versions 0+ */
  stateBatches: StateBatch[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReadStateResult {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionResult, versions 0+ */
  partitions: PartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeReadShareGroupStateResponse(reader: Reader, version: number): ReadShareGroupStateResponse;
export declare function encodeReadShareGroupStateResponse(writer: Writer, message: Init<ReadShareGroupStateResponse>, version: number): void;
export { decodeReadShareGroupStateResponse as decode, encodeReadShareGroupStateResponse as encode };
