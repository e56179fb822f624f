// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 75;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeTopicPartitionsRequest {
  /** []TopicRequest, versions 0+ */
  topics: TopicRequest[];
  /** int32, versions 0+, default 2000 */
  responsePartitionLimit: number;
  /** Cursor, versions 0+, nullable 0+, default null */
  cursor: Cursor | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicRequest {
  /** string, versions 0+ */
  name: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Cursor {
  /** string, versions 0+ */
  topicName: string;
  /** int32, versions 0+ */
  partitionIndex: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeTopicPartitionsRequest(reader: Reader, version: number): DescribeTopicPartitionsRequest;
export declare function encodeDescribeTopicPartitionsRequest(writer: Writer, message: Init<DescribeTopicPartitionsRequest>, version: number): void;
export { decodeDescribeTopicPartitionsRequest as decode, encodeDescribeTopicPartitionsRequest as encode };
