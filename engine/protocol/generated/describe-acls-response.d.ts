// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 29;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DescribeAclsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []DescribeAclsResource, versions 0+ */
  resources: DescribeAclsResource[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AclDescription {
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

export interface DescribeAclsResource {
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** int8, versions 1+, default 3 */
  patternType: number;
  /** []AclDescription, versions 0+ */
  acls: AclDescription[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeAclsResponse(reader: Reader, version: number): DescribeAclsResponse;
export declare function encodeDescribeAclsResponse(writer: Writer, message: Init<DescribeAclsResponse>, version: number): void;
export { decodeDescribeAclsResponse as decode, encodeDescribeAclsResponse as encode };
