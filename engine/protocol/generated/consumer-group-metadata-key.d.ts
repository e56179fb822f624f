// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 3;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeConsumerGroupMetadataKey(reader: Reader, version: number): ConsumerGroupMetadataKey;
export declare function encodeConsumerGroupMetadataKey(writer: Writer, message: Init<ConsumerGroupMetadataKey>, version: number): void;
export { decodeConsumerGroupMetadataKey as decode, encodeConsumerGroupMetadataKey as encode };
