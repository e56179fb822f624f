// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 55;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DescribeQuorumRequest {
  /** []TopicData, versions 0+ */
  topics: TopicData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicData {
  /** string, versions 0+ */
  topicName: string;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeQuorumRequest(reader: Reader, version: number): DescribeQuorumRequest;
export declare function encodeDescribeQuorumRequest(writer: Writer, message: Init<DescribeQuorumRequest>, version: number): void;
export { decodeDescribeQuorumRequest as decode, encodeDescribeQuorumRequest as encode };
