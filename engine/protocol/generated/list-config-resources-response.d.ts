// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 74;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ListConfigResourcesResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** []ConfigResource, versions 0+ */
  configResources: ConfigResource[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ConfigResource {
  /** string, versions 0+ */
  resourceName: string;
  /** int8, versions 1+, default 16 */
  resourceType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListConfigResourcesResponse(reader: Reader, version: number): ListConfigResourcesResponse;
export declare function encodeListConfigResourcesResponse(writer: Writer, message: Init<ListConfigResourcesResponse>, version: number): void;
export { decodeListConfigResourcesResponse as decode, encodeListConfigResourcesResponse as encode };
