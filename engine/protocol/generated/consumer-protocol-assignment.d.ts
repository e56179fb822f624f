// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 3;

export interface ConsumerProtocolAssignment {
  /** []TopicPartition, versions 0+ */
  assignedPartitions: TopicPartition[];
  /** bytes, versions 0+, nullable 0+, default null */
  userData: Uint8Array | null;
}

export interface TopicPartition {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitions: number[];
}

export declare function decodeConsumerProtocolAssignment(reader: Reader, version: number): ConsumerProtocolAssignment;
export declare function encodeConsumerProtocolAssignment(writer: Writer, message: Init<ConsumerProtocolAssignment>, version: number): void;
export { decodeConsumerProtocolAssignment as decode, encodeConsumerProtocolAssignment as encode };
