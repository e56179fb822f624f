// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 42;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DeleteGroupsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DeletableGroupResult, versions 0+ */
  results: DeletableGroupResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeletableGroupResult {
  /** string, versions 0+ */
  groupId: string;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteGroupsResponse(reader: Reader, version: number): DeleteGroupsResponse;
export declare function encodeDeleteGroupsResponse(writer: Writer, message: Init<DeleteGroupsResponse>, version: number): void;
export { decodeDeleteGroupsResponse as decode, encodeDeleteGroupsResponse as encode };
