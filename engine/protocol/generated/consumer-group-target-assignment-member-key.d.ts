// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 7;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConsumerGroupTargetAssignmentMemberKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeConsumerGroupTargetAssignmentMemberKey(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberKey;
export declare function encodeConsumerGroupTargetAssignmentMemberKey(writer: Writer, message: Init<ConsumerGroupTargetAssignmentMemberKey>, version: number): void;
export { decodeConsumerGroupTargetAssignmentMemberKey as decode, encodeConsumerGroupTargetAssignmentMemberKey as encode };
