// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 31;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DeleteAclsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DeleteAclsFilterResult, versions 0+ */
  filterResults: DeleteAclsFilterResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteAclsMatchingAcl {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** int8, versions 1+, default 3 */
  patternType: number;
  /** string, versions 0+ */
  principal: string;
  /** string, versions 0+ */
  host: string;
  /** int8, versions 0+ */
  operation: number;
  /** int8, versions 0+ */
  permissionType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteAclsFilterResult {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []DeleteAclsMatchingAcl, versions 0+ */
  matchingAcls: DeleteAclsMatchingAcl[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteAclsResponse(reader: Reader, version: number): DeleteAclsResponse;
export declare function encodeDeleteAclsResponse(writer: Writer, message: Init<DeleteAclsResponse>, version: number): void;
export { decodeDeleteAclsResponse as decode, encodeDeleteAclsResponse as encode };
