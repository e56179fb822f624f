// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 32;
export declare const lowestVersion: 1;
export declare const highestVersion: 4;

export interface DescribeConfigsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DescribeConfigsResult, versions 0+ */
  results: DescribeConfigsResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeConfigsSynonym {
  /** string, versions 1+ */
  name: string;
  /** string, versions 1+, nullable 0+ */
  value: string | null;
  /** int8, versions 1+ */
  source: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeConfigsResourceResult {
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+, nullable 0+ */
  value: string | null;
  /** bool, versions 0+ */
  readOnly: boolean;
  /** int8, versions 1+, default -1 */
  configSource: number;
  /** bool, versions 0+ */
  isSensitive: boolean;
  /** []DescribeConfigsSynonym, versions 1+ */
  synonyms: DescribeConfigsSynonym[];
  /** int8, versions 3+, default 0 */
  configType: number;
  /** string, versions 3+, nullable 0+ */
  documentation: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeConfigsResult {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** []DescribeConfigsResourceResult, versions 0+ */
  configs: DescribeConfigsResourceResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeConfigsResponse(reader: Reader, version: number): DescribeConfigsResponse;
export declare function encodeDescribeConfigsResponse(writer: Writer, message: Init<DescribeConfigsResponse>, version: number): void;
export { decodeDescribeConfigsResponse as decode, encodeDescribeConfigsResponse as encode };
