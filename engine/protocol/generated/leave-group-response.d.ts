// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 13;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface LeaveGroupResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []MemberResponse, versions 3+ */
  members: MemberResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MemberResponse {
  /** string, versions 3+ */
  memberId: string;
  /** string, versions 3+, nullable 3+ */
  groupInstanceId: string | null;
  /** int16, versions 3+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeLeaveGroupResponse(reader: Reader, version: number): LeaveGroupResponse;
export declare function encodeLeaveGroupResponse(writer: Writer, message: Init<LeaveGroupResponse>, version: number): void;
export { decodeLeaveGroupResponse as decode, encodeLeaveGroupResponse as encode };
