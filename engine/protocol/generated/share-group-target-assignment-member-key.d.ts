// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 13;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupTargetAssignmentMemberKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeShareGroupTargetAssignmentMemberKey(reader: Reader, version: number): ShareGroupTargetAssignmentMemberKey;
export declare function encodeShareGroupTargetAssignmentMemberKey(writer: Writer, message: Init<ShareGroupTargetAssignmentMemberKey>, version: number): void;
export { decodeShareGroupTargetAssignmentMemberKey as decode, encodeShareGroupTargetAssignmentMemberKey as encode };
