// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 33;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface AlterConfigsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []AlterConfigsResourceResponse, versions 0+ */
  responses: AlterConfigsResourceResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterConfigsResourceResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterConfigsResponse(reader: Reader, version: number): AlterConfigsResponse;
export declare function encodeAlterConfigsResponse(writer: Writer, message: Init<AlterConfigsResponse>, version: number): void;
export { decodeAlterConfigsResponse as decode, encodeAlterConfigsResponse as encode };
