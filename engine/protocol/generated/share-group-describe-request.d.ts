// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 77;
export declare const lowestVersion: 1;
export declare const highestVersion: 1;

export interface ShareGroupDescribeRequest {
  /** []string, versions 0+ */
  groupIds: string[];
  /** bool, versions 0+ */
  includeAuthorizedOperations: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareGroupDescribeRequest(reader: Reader, version: number): ShareGroupDescribeRequest;
export declare function encodeShareGroupDescribeRequest(writer: Writer, message: Init<ShareGroupDescribeRequest>, version: number): void;
export { decodeShareGroupDescribeRequest as decode, encodeShareGroupDescribeRequest as encode };
