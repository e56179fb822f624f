// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 60;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DescribeClusterRequest {
  /** bool, versions 0+ */
  includeClusterAuthorizedOperations: boolean;
  /** int8, versions 1+, default 1 */
  endpointType: number;
  /** bool, versions 2+ */
  includeFencedBrokers: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeClusterRequest(reader: Reader, version: number): DescribeClusterRequest;
export declare function encodeDescribeClusterRequest(writer: Writer, message: Init<DescribeClusterRequest>, version: number): void;
export { decodeDescribeClusterRequest as decode, encodeDescribeClusterRequest as encode };
