// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 8;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupCurrentMemberAssignmentKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeConsumerGroupCurrentMemberAssignmentKey(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentKey;
export declare function encodeConsumerGroupCurrentMemberAssignmentKey(writer: Writer, message: Init<ConsumerGroupCurrentMemberAssignmentKey>, version: number): void;
export { decodeConsumerGroupCurrentMemberAssignmentKey as decode, encodeConsumerGroupCurrentMemberAssignmentKey as encode };
