// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 3;

export interface ConsumerProtocolSubscription {
  /** []string, versions 0+ */
  topics: string[];
  /** bytes, versions 0+, nullable 0+, default null */
  userData: Uint8Array | null;
  /** []TopicPartition, versions 1+ */
  ownedPartitions: TopicPartition[];
  /** int32, versions 2+, default -1 */
  generationId: number;
  /** string, versions 3+, nullable 3+, default null */
  rackId: string | null;
}

export interface TopicPartition {
  /** string, versions 1+ */
  topic: string;
  /** []int32, versions 1+ */
  partitions: number[];
}

export declare function decodeConsumerProtocolSubscription(reader: Reader, version: number): ConsumerProtocolSubscription;
export declare function encodeConsumerProtocolSubscription(writer: Writer, message: Init<ConsumerProtocolSubscription>, version: number): void;
export { decodeConsumerProtocolSubscription as decode, encodeConsumerProtocolSubscription as encode };
