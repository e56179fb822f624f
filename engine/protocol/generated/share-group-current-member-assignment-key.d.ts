// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 14;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupCurrentMemberAssignmentKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeShareGroupCurrentMemberAssignmentKey(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentKey;
export declare function encodeShareGroupCurrentMemberAssignmentKey(writer: Writer, message: Init<ShareGroupCurrentMemberAssignmentKey>, version: number): void;
export { decodeShareGroupCurrentMemberAssignmentKey as decode, encodeShareGroupCurrentMemberAssignmentKey as encode };
