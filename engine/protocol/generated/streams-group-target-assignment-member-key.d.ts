// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 21;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTargetAssignmentMemberKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeStreamsGroupTargetAssignmentMemberKey(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberKey;
export declare function encodeStreamsGroupTargetAssignmentMemberKey(writer: Writer, message: Init<StreamsGroupTargetAssignmentMemberKey>, version: number): void;
export { decodeStreamsGroupTargetAssignmentMemberKey as decode, encodeStreamsGroupTargetAssignmentMemberKey as encode };
