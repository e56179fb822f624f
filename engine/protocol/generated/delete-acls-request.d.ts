// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 31;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DeleteAclsRequest {
  /** []DeleteAclsFilter, versions 0+ */
  filters: DeleteAclsFilter[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteAclsFilter {
  /** int8, versions 0+ */
  resourceTypeFilter: number;
  /** string, versions 0+, nullable 0+ */
  resourceNameFilter: string | null;
  /** int8, versions 1+, default 3 */
  patternTypeFilter: number;
  /** string, versions 0+, nullable 0+ */
  principalFilter: string | null;
  /** string, versions 0+, nullable 0+ */
  hostFilter: string | null;
  /** int8, versions 0+ */
  operation: number;
  /** int8, versions 0+ */
  permissionType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteAclsRequest(reader: Reader, version: number): DeleteAclsRequest;
export declare function encodeDeleteAclsRequest(writer: Writer, message: Init<DeleteAclsRequest>, version: number): void;
export { decodeDeleteAclsRequest as decode, encodeDeleteAclsRequest as encode };
