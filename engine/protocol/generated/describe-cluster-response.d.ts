// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 60;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface DescribeClusterResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int8, versions 1+, default 1 */
  endpointType: number;
  /** string, versions 0+ */
  clusterId: string;
  /** int32, versions 0+, default -1 */
  controllerId: NodeId;
  /** []DescribeClusterBroker, versions 0+ */
  brokers: DescribeClusterBroker[];
  /** int32, versions 0+, default -2147483648 */
  clusterAuthorizedOperations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeClusterBroker {
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** string, versions 0+ */
  host: string;
  /** int32, versions 0+ */
  port: number;
  /** string, versions 0+, nullable 0+, default null */
  rack: string | null;
  /** bool, versions 2+ */
  isFenced: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeClusterResponse(reader: Reader, version: number): DescribeClusterResponse;
export declare function encodeDescribeClusterResponse(writer: Writer, message: Init<DescribeClusterResponse>, version: number): void;
export { decodeDescribeClusterResponse as decode, encodeDescribeClusterResponse as encode };
