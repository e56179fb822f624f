// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 44;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface IncrementalAlterConfigsResponse {
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

export declare function decodeIncrementalAlterConfigsResponse(reader: Reader, version: number): IncrementalAlterConfigsResponse;
export declare function encodeIncrementalAlterConfigsResponse(writer: Writer, message: Init<IncrementalAlterConfigsResponse>, version: number): void;
export { decodeIncrementalAlterConfigsResponse as decode, encodeIncrementalAlterConfigsResponse as encode };
