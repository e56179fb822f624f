// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 74;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface ListConfigResourcesRequest {
  /** []int8, versions 1+ */
  resourceTypes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListConfigResourcesRequest(reader: Reader, version: number): ListConfigResourcesRequest;
export declare function encodeListConfigResourcesRequest(writer: Writer, message: Init<ListConfigResourcesRequest>, version: number): void;
export { decodeListConfigResourcesRequest as decode, encodeListConfigResourcesRequest as encode };
