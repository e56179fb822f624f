// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 4;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupPartitionMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeConsumerGroupPartitionMetadataKey(reader: Reader, version: number): ConsumerGroupPartitionMetadataKey;
export declare function encodeConsumerGroupPartitionMetadataKey(writer: Writer, message: Init<ConsumerGroupPartitionMetadataKey>, version: number): void;
export { decodeConsumerGroupPartitionMetadataKey as decode, encodeConsumerGroupPartitionMetadataKey as encode };
