// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 18;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface ApiVersionsRequest {
  /** string, versions 3+ */
  clientSoftwareName: string;
  /** string, versions 3+ */
  clientSoftwareVersion: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeApiVersionsRequest(reader: Reader, version: number): ApiVersionsRequest;
export declare function encodeApiVersionsRequest(writer: Writer, message: Init<ApiVersionsRequest>, version: number): void;
export { decodeApiVersionsRequest as decode, encodeApiVersionsRequest as encode };
