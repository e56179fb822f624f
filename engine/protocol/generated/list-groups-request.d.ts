// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 16;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface ListGroupsRequest {
  /** []string, versions 4+ */
  statesFilter: string[];
  /** []string, versions 5+ */
  typesFilter: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListGroupsRequest(reader: Reader, version: number): ListGroupsRequest;
export declare function encodeListGroupsRequest(writer: Writer, message: Init<ListGroupsRequest>, version: number): void;
export { decodeListGroupsRequest as decode, encodeListGroupsRequest as encode };
