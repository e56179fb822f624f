// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 15;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface DescribeGroupsResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** []DescribedGroup, versions 0+ */
  groups: DescribedGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedGroupMember {
  /** string, versions 0+ */
  memberId: string;
  /** string, versions 4+, nullable 4+, default null */
  groupInstanceId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** bytes, versions 0+ */
  memberMetadata: Uint8Array;
  /** bytes, versions 0+ */
  memberAssignment: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedGroup {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 6+, nullable 6+, default null */
  errorMessage: string | null;
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  groupState: string;
  /** string, versions 0+ */
  protocolType: string;
  /** string, versions 0+ */
  protocolData: string;
  /** []DescribedGroupMember, versions 0+ */
  members: DescribedGroupMember[];
  /** int32, versions 3+, default -2147483648 */
  authorizedOperations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeGroupsResponse(reader: Reader, version: number): DescribeGroupsResponse;
export declare function encodeDescribeGroupsResponse(writer: Writer, message: Init<DescribeGroupsResponse>, version: number): void;
export { decodeDescribeGroupsResponse as decode, encodeDescribeGroupsResponse as encode };
