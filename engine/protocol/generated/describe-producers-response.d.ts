// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 61;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeProducersResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []TopicResponse, versions 0+ */
  topics: TopicResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ProducerState {
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int32, versions 0+ */
  producerEpoch: number;
  /** int32, versions 0+, default -1 */
  lastSequence: number;
  /** int64, versions 0+, default -1 */
  lastTimestamp: bigint;
  /** int32, versions 0+ */
  coordinatorEpoch: number;
  /** int64, versions 0+, default -1 */
  currentTxnStartOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionResponse {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** []ProducerState, versions 0+ */
  activeProducers: ProducerState[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicResponse {
  /** string, versions 0+ */
  name: string;
  /** []PartitionResponse, versions 0+ */
  partitions: PartitionResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeProducersResponse(reader: Reader, version: number): DescribeProducersResponse;
export declare function encodeDescribeProducersResponse(writer: Writer, message: Init<DescribeProducersResponse>, version: number): void;
export { decodeDescribeProducersResponse as decode, encodeDescribeProducersResponse as encode };
