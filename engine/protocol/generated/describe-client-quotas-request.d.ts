// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 48;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface DescribeClientQuotasRequest {
  /** []ComponentData, versions 0+ */
  components: ComponentData[];
  /** bool, versions 0+ */
  strict: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ComponentData {
  /** string, versions 0+ */
  entityType: string;
  /** int8, versions 0+ */
  matchType: number;
  /** string, versions 0+, nullable 0+ */
  match: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeClientQuotasRequest(reader: Reader, version: number): DescribeClientQuotasRequest;
export declare function encodeDescribeClientQuotasRequest(writer: Writer, message: Init<DescribeClientQuotasRequest>, version: number): void;
export { decodeDescribeClientQuotasRequest as decode, encodeDescribeClientQuotasRequest as encode };
