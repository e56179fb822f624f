// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 30;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface CreateAclsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []AclCreationResult, versions 0+ */
  results: AclCreationResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AclCreationResult {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreateAclsResponse(reader: Reader, version: number): CreateAclsResponse;
export declare function encodeCreateAclsResponse(writer: Writer, message: Init<CreateAclsResponse>, version: number): void;
export { decodeCreateAclsResponse as decode, encodeCreateAclsResponse as encode };
