// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 29;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DescribeAclsRequest {
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

export declare function decodeDescribeAclsRequest(reader: Reader, version: number): DescribeAclsRequest;
export declare function encodeDescribeAclsRequest(writer: Writer, message: Init<DescribeAclsRequest>, version: number): void;
export { decodeDescribeAclsRequest as decode, encodeDescribeAclsRequest as encode };
