// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 6;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupTargetAssignmentMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeConsumerGroupTargetAssignmentMetadataKey(reader: Reader, version: number): ConsumerGroupTargetAssignmentMetadataKey;
export declare function encodeConsumerGroupTargetAssignmentMetadataKey(writer: Writer, message: Init<ConsumerGroupTargetAssignmentMetadataKey>, version: number): void;
export { decodeConsumerGroupTargetAssignmentMetadataKey as decode, encodeConsumerGroupTargetAssignmentMetadataKey as encode };
