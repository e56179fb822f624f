// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 42;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DeleteGroupsRequest {
  /** []string, versions 0+ */
  groupsNames: string[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteGroupsRequest(reader: Reader, version: number): DeleteGroupsRequest;
export declare function encodeDeleteGroupsRequest(writer: Writer, message: Init<DeleteGroupsRequest>, version: number): void;
export { decodeDeleteGroupsRequest as decode, encodeDeleteGroupsRequest as encode };
