// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 11;
export declare const lowestVersion: 0;
export declare const highestVersion: 9;

export interface JoinGroupResponse {
  /** int32, versions 2+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+, default -1 */
  generationId: number;
  /** string, versions 7+, nullable 7+, default null */
  protocolType: string | null;
  /** string, versions 0+, nullable 7+ */
  protocolName: string | null;
  /** string, versions 0+ */
  leader: string;
  /** bool, versions 9+, default false */
  skipAssignment: boolean;
  /** string, versions 0+ */
  memberId: string;
  /** []JoinGroupResponseMember, versions 0+ */
  members: JoinGroupResponseMember[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface JoinGroupResponseMember {
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 5+, nullable 5+, default null */
  groupInstanceId: string | null;
  /** bytes, versions 0+ */
  metadata: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeJoinGroupResponse(reader: Reader, version: number): JoinGroupResponse;
export declare function encodeJoinGroupResponse(writer: Writer, message: Init<JoinGroupResponse>, version: number): void;
export { decodeJoinGroupResponse as decode, encodeJoinGroupResponse as encode };
