// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 48;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface DescribeClientQuotasResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []EntryData, versions 0+, nullable 0+ */
  entries: EntryData[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntityData {
  /** string, versions 0+ */
  entityType: string;
  /** string, versions 0+, nullable 0+ */
  entityName: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ValueData {
  /** string, versions 0+ */
  key: string;
  /** float64, versions 0+ */
  value: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EntryData {
  /** []EntityData, versions 0+ */
  entity: EntityData[];
  /** []ValueData, versions 0+ */
  values: ValueData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeClientQuotasResponse(reader: Reader, version: number): DescribeClientQuotasResponse;
export declare function encodeDescribeClientQuotasResponse(writer: Writer, message: Init<DescribeClientQuotasResponse>, version: number): void;
export { decodeDescribeClientQuotasResponse as decode, encodeDescribeClientQuotasResponse as encode };
