// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 5;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupMemberMetadataKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeConsumerGroupMemberMetadataKey(reader: Reader, version: number): ConsumerGroupMemberMetadataKey;
export declare function encodeConsumerGroupMemberMetadataKey(writer: Writer, message: Init<ConsumerGroupMemberMetadataKey>, version: number): void;
export { decodeConsumerGroupMemberMetadataKey as decode, encodeConsumerGroupMemberMetadataKey as encode };
