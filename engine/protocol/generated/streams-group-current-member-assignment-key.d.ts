// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 22;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupCurrentMemberAssignmentKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeStreamsGroupCurrentMemberAssignmentKey(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentKey;
export declare function encodeStreamsGroupCurrentMemberAssignmentKey(writer: Writer, message: Init<StreamsGroupCurrentMemberAssignmentKey>, version: number): void;
export { decodeStreamsGroupCurrentMemberAssignmentKey as decode, encodeStreamsGroupCurrentMemberAssignmentKey as encode };
