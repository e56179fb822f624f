// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 61;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeProducersRequest {
  /** []TopicRequest, versions 0+ */
  topics: TopicRequest[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicRequest {
  /** string, versions 0+ */
  name: string;
  /** []int32, versions 0+ */
  partitionIndexes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeProducersRequest(reader: Reader, version: number): DescribeProducersRequest;
export declare function encodeDescribeProducersRequest(writer: Writer, message: Init<DescribeProducersRequest>, version: number): void;
export { decodeDescribeProducersRequest as decode, encodeDescribeProducersRequest as encode };
