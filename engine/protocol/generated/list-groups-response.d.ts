// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 16;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface ListGroupsResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []ListedGroup, versions 0+ */
  groups: ListedGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListedGroup {
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  protocolType: string;
  /** string, versions 4+ */
  groupState: string;
  /** string, versions 5+ */
  groupType: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListGroupsResponse(reader: Reader, version: number): ListGroupsResponse;
export declare function encodeListGroupsResponse(writer: Writer, message: Init<ListGroupsResponse>, version: number): void;
export { decodeListGroupsResponse as decode, encodeListGroupsResponse as encode };
