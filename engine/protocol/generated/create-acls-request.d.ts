// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 30;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface CreateAclsRequest {
  /** []AclCreation, versions 0+ */
  creations: AclCreation[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AclCreation {
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** int8, versions 1+, default 3 */
  resourcePatternType: number;
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

export declare function decodeCreateAclsRequest(reader: Reader, version: number): CreateAclsRequest;
export declare function encodeCreateAclsRequest(writer: Writer, message: Init<CreateAclsRequest>, version: number): void;
export { decodeCreateAclsRequest as decode, encodeCreateAclsRequest as encode };
