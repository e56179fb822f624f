// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 15;
export declare const lowestVersion: 0;
export declare const highestVersion: 6;

export interface DescribeGroupsRequest {
  /** []string, versions 0+ */
  groups: string[];
  /** bool, versions 3+ */
  includeAuthorizedOperations: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeGroupsRequest(reader: Reader, version: number): DescribeGroupsRequest;
export declare function encodeDescribeGroupsRequest(writer: Writer, message: Init<DescribeGroupsRequest>, version: number): void;
export { decodeDescribeGroupsRequest as decode, encodeDescribeGroupsRequest as encode };
