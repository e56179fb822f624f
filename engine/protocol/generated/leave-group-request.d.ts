// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 13;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface LeaveGroupRequest {
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0-2 */
  memberId: string;
  /** []MemberIdentity, versions 3+ */
  members: MemberIdentity[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MemberIdentity {
  /** string, versions 3+ */
  memberId: string;
  /** string, versions 3+, nullable 3+, default null */
  groupInstanceId: string | null;
  /** string, versions 5+, nullable 5+, default null */
  reason: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeLeaveGroupRequest(reader: Reader, version: number): LeaveGroupRequest;
export declare function encodeLeaveGroupRequest(writer: Writer, message: Init<LeaveGroupRequest>, version: number): void;
export { decodeLeaveGroupRequest as decode, encodeLeaveGroupRequest as encode };
