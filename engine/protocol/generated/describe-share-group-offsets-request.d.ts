// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 90;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface DescribeShareGroupOffsetsRequest {
  /** []DescribeShareGroupOffsetsRequestGroup, versions 0+ */
  groups: DescribeShareGroupOffsetsRequestGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeShareGroupOffsetsRequestTopic {
  /** string, versions 0+ */
  topicName: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeShareGroupOffsetsRequestGroup {
  /** string, versions 0+ */
  groupId: string;
  /** []DescribeShareGroupOffsetsRequestTopic, versions 0+, nullable 0+ */
  topics: DescribeShareGroupOffsetsRequestTopic[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeShareGroupOffsetsRequest(reader: Reader, version: number): DescribeShareGroupOffsetsRequest;
export declare function encodeDescribeShareGroupOffsetsRequest(writer: Writer, message: Init<DescribeShareGroupOffsetsRequest>, version: number): void;
export { decodeDescribeShareGroupOffsetsRequest as decode, encodeDescribeShareGroupOffsetsRequest as encode };
