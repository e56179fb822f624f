// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 32;
export declare const lowestVersion: 1;
export declare const highestVersion: 4;

export interface DescribeConfigsRequest {
  /** []DescribeConfigsResource, versions 0+ */
  resources: DescribeConfigsResource[];
  /** bool, versions 1+, default false */
  includeSynonyms: boolean;
  /** bool, versions 3+, default false */
  includeDocumentation: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeConfigsResource {
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** []string, versions 0+, nullable 0+ */
  configurationKeys: string[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeConfigsRequest(reader: Reader, version: number): DescribeConfigsRequest;
export declare function encodeDescribeConfigsRequest(writer: Writer, message: Init<DescribeConfigsRequest>, version: number): void;
export { decodeDescribeConfigsRequest as decode, encodeDescribeConfigsRequest as encode };
